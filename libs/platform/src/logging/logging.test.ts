import { Writable } from 'node:stream'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { mongo } from 'mongoose'
import pino from 'pino'
import { pinoOptions } from './pino-options'

const secret = 'hunter2-correct-horse'

/** The lines that one of our services would log. */
function logged(...args: [object, string?]): string {
  const lines: string[] = []
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString())
      done()
    },
  })
  pino(pinoOptions('test', { LOG_LEVEL: 'info' }), sink).error(...args)
  return lines.join('')
}

const ofPostgres = Object.assign(new Error(`invalid input syntax for type uuid: "${secret}"`), {
  name: 'PostgresError',
  code: '22P02',
  query: `select '${secret}'`,
  parameters: [secret],
  args: [secret],
  detail: `Key (username)=(${secret}) already exists.`,
  where: secret,
})
const bulk = new mongo.MongoBulkWriteError(
  {
    message: `E11000 duplicate key error collection: x index: y dup key: { text: "${secret}" }`,
    code: 11_000,
    writeErrors: [],
  },
  { insertedCount: 0, secret } as never,
)

describe('an error in the log', () => {
  it.each([
    ['of PostgreSQL', ofPostgres],
    ['of Drizzle', new DrizzleQueryError('select $1', [secret], ofPostgres)],
    ['of a bulk write', Object.assign(bulk, { writeErrors: [{ op: { text: secret } }] })],
    ['of several attempts', new AggregateError([ofPostgres], 'All failed')],
    ['in its message alone', Object.assign(new Error(`Failing row contains (1, ${secret})`), { code: '23514' })],
    ['that is none', { text: secret }],
  ])('%s shows nothing of what was written', (_of, err) => {
    expect(logged({ err }, 'It failed')).toContain('It failed')
    expect(logged({ err }, 'It failed')).not.toContain(secret)
    expect(logged({ err })).not.toContain(secret)
  })

  it('shows type, message, stack and causes', () => {
    const error = new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) })
    const { err } = JSON.parse(logged({ err: error }, 'It failed')) as { err: Record<string, unknown> }
    expect(err).toMatchObject({ type: 'Error', message: 'outer', cause: { message: 'inner', code: 'ECONNRESET' } })
    expect(err['stack']).toContain('logging.test.ts')
  })
})
