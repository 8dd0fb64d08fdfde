import { join } from 'node:path'
import { TestGateway } from './testing/test-gateway'

/** The same gateway as ever, started with the supergraph of the public API. */
describe('a gateway that serves a contract', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await TestGateway.start({
      SUPERGRAPH_PATH: join(__dirname, '../../schema/public-supergraph.graphql'),
    })
  }, 60_000)
  afterAll(() => gateway.stop())

  const fieldsOf = async (type: string): Promise<readonly string[]> => {
    const { data } = await gateway.query(`{ __type(name: "${type}") { fields { name } } }`)
    return (data?.['__type'] as { fields: { name: string }[] } | null)?.fields.map(({ name }) => name) ?? []
  }

  test('shows and takes what is public', async () => {
    expect(await fieldsOf('Mutation')).toContain('sendMessage')
    const { errors } = await gateway.query('{ viewer { username } }')
    expect(errors?.[0]?.extensions.code).not.toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('neither shows nor takes what is internal', async () => {
    expect(await fieldsOf('Mutation')).not.toContain('logOut')
    expect(await fieldsOf('LogOutPayload')).toEqual([])
    const { errors } = await gateway.query('mutation { logOut { ok } }')
    expect(errors?.[0]).toMatchObject({
      message: 'Cannot query field "logOut" on type "Mutation".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    })
  })
})
