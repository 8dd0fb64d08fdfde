import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { SubgraphClient } from '@parley/testing/subgraph-client'
import { follow, signUp, startGroup } from './chat.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** In each subgraph a query that needs a signed-in user. */
const questions = {
  user: '{ viewer { id } }',
  conversation: '{ conversations(first: 1) { edges { cursor } } }',
  message:
    'query ($id: ID!) { _entities(representations: [{ __typename: "Conversation", id: $id }]) { ... on Conversation { headSeq } } }',
  notification: '{ notifications(first: 1) { edges { cursor } } }',
} as const
/** Of the message subgraph alone. */
const heads = 'subscription ($id: ID!) { timeline(conversationId: $id, after: 0) { headSeq } }'
const unread = 'subscription { inbox { unreadCount } }'
const names = Object.keys(questions) as (keyof typeof questions)[]

/** A user with a copy of the access token, and with streams through the gateway and directly to a subgraph. */
async function signedIn(stack: Stack, username: string) {
  const client = await signUp(stack.urls[0] ?? '', username)
  const id = await startGroup(client, [], username)
  const token = client.cookies.get('parley_access') ?? ''
  const direct = names.map((name) => ({ name, client: new SubgraphClient(stack.service(name).url, token) }))
  const streams = direct.flatMap(({ name, client: around }) =>
    name === 'message' ? [around.subscribe(heads, { id }), around.subscribe(unread)] : [],
  )
  return { client, id, token, direct, streams, stream: follow(client, id, 0) }
}

type SignedIn = Awaited<ReturnType<typeof signedIn>>

const codesOf = ({ direct, id }: SignedIn) =>
  Promise.all(direct.map(({ name, client }) => client.codeOf(questions[name], name === 'message' ? { id } : {})))

const codeAtGateway = async (url: string, token: string): Promise<string> => {
  const answer = await new Client(url).post(JSON.stringify({ query: '{ viewer { id } }' }), {
    cookie: `parley_access=${token}`,
  })
  return (await answer.text()).includes('UNAUTHENTICATED') ? 'UNAUTHENTICATED' : 'answered'
}

/** The errors of an operation, or the code with which its socket was closed. */
const reasonOf = (end: unknown): string =>
  Array.isArray(end) ? JSON.stringify(end) : String((end as CloseEvent | null)?.code)

const everywhere = names.map(() => 'UNAUTHENTICATED')

/** Logs out and resolves with the milliseconds after which the session is over everywhere, its streams too. */
async function logOutEverywhere(session: SignedIn, url: string): Promise<number> {
  const { client, token, stream, streams } = session
  for (const each of [stream, ...streams]) await each.next()
  expect(await codesOf(session)).toEqual(names.map(() => null))
  expect(await codeAtGateway(url, token)).toBe('answered')
  await client.must('mutation { logOut { ok } }')
  const from = performance.now()
  const ends = [stream.ended(), ...streams.map((each) => each.ended())]
  await eventually(async () => expect(await codesOf(session)).toEqual(everywhere))
  await eventually(async () => expect(await codeAtGateway(url, token)).toBe('UNAUTHENTICATED'))
  const [byGateway, ...bySubgraphs] = await Promise.all(ends)
  const elapsed = performance.now() - from
  // Without Redis the gateway may be the last to know: then the error of the subgraph comes first.
  expect(reasonOf(byGateway)).toMatch(/4403|UNAUTHENTICATED/)
  for (const end of bySubgraphs) expect(reasonOf(end)).toContain('UNAUTHENTICATED')
  return elapsed
}

async function leave({ client, direct }: SignedIn): Promise<void> {
  await Promise.all([client.close(), ...direct.map(({ client: around }) => around.close())])
}

describe('a revoked session', () => {
  let stack: Stack
  const url = () => stack.urls[0] ?? ''
  beforeAll(async () => {
    stack = await testStack()
  })
  afterAll(() => stack.stop())

  it('I7: is over at the gateway and at every subgraph called directly within 2 s', async () => {
    const carl = await signedIn(stack, 'carl')
    expect(await logOutEverywhere(carl, url())).toBeLessThan(2_000)
    await leave(carl)
  })

  it('I7: without Redis within 10 s, and stays over at a gateway and a subgraph that start later', async () => {
    const dora = await signedIn(stack, 'dora')
    await stack.engines.killEngine('redis')
    const elapsed = await logOutEverywhere(dora, url())
    expect(elapsed).toBeLessThan(10_000)
    for (const name of ['gateway', 'conversation'] as const) {
      await stack.service(name).kill()
      await stack.service(name).start()
    }
    expect(await codeAtGateway(url(), dora.token)).toBe('UNAUTHENTICATED')
    expect(await codesOf(dora)).toEqual(everywhere)
    await stack.engines.restartEngine('redis')
    await leave(dora)
  })
})
