import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Stack } from '@parley/launcher/stack'
import { Client, userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import {
  edit,
  eventsOf,
  follow,
  queries,
  readBack,
  send,
  sendUntilAcknowledged,
  seqsOf,
  signUp,
  startDirect,
  startGroup,
  untilSeq,
} from './chat.ts'
import type { TimelineEventView } from './chat.ts'
import { faultNamed } from './history/faults.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/**
 * I2 on the whole way: two gateways, each with its own instance of the message subgraph. The names in brackets are the cases of
 * Zulip (zerver/tests/test_idempotent_request.py) and Mattermost (channels/app and api4, TestCreatePost…) whose situation it is;
 * the others are in subgraphs/message/src/exactly-once.int.test.ts.
 */
describe('exactly once', () => {
  let stack: Stack
  let ann: Client
  /** The same session at the other gateway. */
  let annElsewhere: Client
  let ben: Client
  let conversation: string
  const password = 'correct horse battery'

  beforeAll(async () => {
    stack = await testStack({ instances: { message: 2 }, gateways: 2 })
    const [one = '', two = ''] = stack.urls
    ann = await signUp(one, 'ann')
    ben = await signUp(two, 'ben')
    annElsewhere = new Client(two, ann.cookies)
    conversation = await startDirect(ann, ben)
  })
  afterAll(async () => {
    await Promise.all([ann, annElsewhere, ben].map((client) => client.close()))
    await stack.stop()
  })

  /** The messages that a client id has sent: the same ones in a page and in a stream from the beginning. */
  async function made(clientId: string, id = conversation): Promise<readonly TimelineEventView[]> {
    const { headSeq, events } = await readBack(ben, id)
    const stream = follow(ben, id, 0)
    await untilSeq(stream, headSeq)
    stream.close()
    const sent = (all: readonly TimelineEventView[]) =>
      all.filter(({ __typename, message }) => __typename === 'MessageSent' && message?.clientId === clientId)
    // A frame has the message as it was after its event, a page as it is now.
    expect(seqsOf(sent(eventsOf(stream)))).toEqual(seqsOf(sent(events)))
    return sent(events)
  }
  /** The code of what is refused, in the payload or beside it. */
  const codeOf = ({ data, errors }: GraphQLAnswer<Record<string, object | null>>) =>
    errors?.[0]?.extensions?.code ?? Object.values(data ?? {}).flatMap(userErrorsOf)[0]?.code

  it.each(
    ['', '1', 'abcd', 'ze118d41-39d7-4a82-8da9-a6a3162d57eb', '8e118d41-39d7-4a82-8da9-a6a3162d57'].map((id) => [id]),
  )('(invalid idempotency key) %j is no client id for anything, and nothing is done', async (clientId) => {
    const { message, seq } = await send(ann, conversation, 'A place for it')
    const about = { conversationId: conversation, messageId: message?.id, clientId }
    const refused = [
      [queries.send, { conversationId: conversation, text: 'No', clientId }],
      [queries.edit, { messageId: message?.id, text: 'No', clientId }],
      [queries.remove, about],
      [queries.react, { ...about, emoji: '👍' }],
    ] as const
    for (const [query, input] of refused) expect(codeOf(await ann.gql(query, { input }))).toBe('INVALID_INPUT')
    expect((await readBack(ann, conversation)).headSeq).toBe(seq)
  })

  it('(duplicate direct message; should successfully create a post with PendingPostId) one message, with its client id', async () => {
    const clientId = randomUUID()
    const sent = await send(ann, conversation, 'Idempotent DM', clientId)
    expect(sent).toMatchObject({ actorId: ann.userId, message: { clientId, text: 'Idempotent DM' } })
    expect(await send(ann, conversation, 'Idempotent DM', clientId)).toEqual(sent)
    // A UUID is the same in capitals.
    expect(await send(annElsewhere, conversation, 'Idempotent DM', clientId.toUpperCase())).toEqual(sent)
    expect(await made(clientId)).toEqual([sent])
  })

  it('(concurrency) identical requests at once through two gateways are one message, for each of them', async () => {
    const clientId = randomUUID()
    const stream = follow(ben, conversation, (await readBack(ben, conversation)).headSeq)
    const senders = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? ann : annElsewhere))
    const answers = await Promise.all(senders.map((client) => send(client, conversation, 'At once', clientId)))
    expect(answers).toEqual(answers.map(() => answers[0]))
    const { seq } = await send(ann, conversation, 'And then')
    await untilSeq(stream, seq)
    expect(eventsOf(stream).map(({ message }) => message?.text)).toEqual(['At once', 'And then'])
    stream.close()
  })

  it('(server failure after successful work) the answer is lost on the way, and the retry gets it', async () => {
    const clientId = randomUUID()
    const stream = follow(ben, conversation, (await readBack(ben, conversation)).headSeq)
    const input = { conversationId: conversation, clientId, text: 'Did it arrive?' }
    const hangUp = await askAndHangUp(ann, JSON.stringify({ query: queries.send, variables: { input } }))
    await stream.find(
      ({ data }) => data?.timeline.events.some(({ message }) => message?.clientId === clientId) ?? false,
    )
    hangUp()
    const [event] = eventsOf(stream)
    expect(await send(ann, conversation, 'Did it arrive?', clientId)).toEqual(event)
    expect(await made(clientId)).toEqual([event])
    stream.close()
  })

  it('(server failure before work; work failure) the engine hangs and the subgraph is killed in the middle: one message', async () => {
    const clientId = randomUUID()
    const engine = faultNamed('stop mongo')
    await engine.make(stack)
    const input = { conversationId: conversation, clientId, text: 'In the middle' }
    const answer = await ann.gql<Record<string, object | null>>(queries.send, { input })
    expect(['OUTCOME_UNKNOWN', 'UNAVAILABLE']).toContain(codeOf(answer))
    await stack.service('message').kill()
    await engine.repair(stack)
    const [here, there] = await Promise.all([
      stack
        .service('message')
        .start()
        .then(() => sendUntilAcknowledged(ann, conversation, 'In the middle', clientId)),
      sendUntilAcknowledged(annElsewhere, conversation, 'In the middle', clientId),
    ])
    expect(here).toEqual(there)
    expect(await made(clientId)).toEqual([here])
  })

  it('(duplicate create post after cache expires) a week later, with an expired session, from processes that know nothing', async () => {
    const clientId = randomUUID()
    const sent = await send(ann, conversation, 'From last week', clientId)
    const input = { conversationId: conversation, clientId, text: 'From last week' }
    await Promise.all([0, 1].map((index) => stack.service('message', index).restart()))
    // The access token is over, and the session is not.
    ann.cookies.delete('parley_access')
    expect(codeOf(await ann.gql(queries.send, { input }))).toBe('UNAUTHENTICATED')
    await ann.must('mutation { refreshSession { user { id } } }')
    expect(await sendUntilAcknowledged(ann, conversation, 'From last week', clientId)).toEqual(sent)
    // The session is over as well.
    const old = ann.cookieHeader
    await ann.must('mutation { logOut { ok } }')
    const body = JSON.stringify({ query: queries.send, variables: { input } })
    await eventually(async () => {
      const response = await ann.post(body, { cookie: old })
      expect(codeOf((await response.json()) as GraphQLAnswer<Record<string, object | null>>)).toBe('UNAUTHENTICATED')
    })
    await ann.logIn('ann', password)
    expect(await sendUntilAcknowledged(annElsewhere, conversation, 'From last week', clientId)).toEqual(sent)
    expect(await made(clientId)).toEqual([sent])
  })

  it('(permission to post required to resolve; should not collide with other recent posts) the same client id of another', async () => {
    const [clientId, cem] = [randomUUID(), await signUp(stack.urls[0] ?? '', 'cem')]
    const sent = await send(ann, conversation, 'message', clientId)
    const bens = await send(ben, conversation, 'message2', clientId)
    expect(bens.message?.id).not.toBe(sent.message?.id)
    const input = { conversationId: conversation, clientId, text: 'message' }
    expect(codeOf(await cem.gql(queries.send, { input }))).toBe('NOT_FOUND')
    expect(await made(clientId)).toEqual([sent, bens])
    await cem.close()
  })

  it('(different requests with same key) the same client id with another text, for another deed, and elsewhere', async () => {
    const clientId = randomUUID()
    const sent = await send(ann, conversation, 'One thing', clientId)
    const about = { conversationId: conversation, clientId }
    const others = [
      [queries.send, { ...about, text: 'Another' }],
      [queries.send, { ...about, text: 'One thing', threadId: sent.message?.id }],
      [queries.edit, { messageId: sent.message?.id, clientId, text: 'Another' }],
      [queries.react, { ...about, messageId: sent.message?.id, emoji: '👍' }],
      [queries.remove, { ...about, messageId: sent.message?.id }],
    ] as const
    for (const [query, input] of others) expect(codeOf(await ann.gql(query, { input }))).toBe('CLIENT_ID_REUSED')
    expect(await made(clientId)).toEqual([sent])
    const group = await startGroup(ann, [ben], 'Elsewhere')
    const there = await send(ann, group, 'Another', clientId)
    expect(there.message).toMatchObject({ clientId, text: 'Another' })
    expect(await made(clientId, group)).toEqual([there])
  })

  it('a retry of what has changed since shows what it is now, and changes it no more', async () => {
    const [clientId, editId] = [randomUUID(), randomUUID()]
    const sent = await send(ann, conversation, 'A first try', clientId)
    for (const [text, id] of [
      ['A second try', editId],
      ['A third try', randomUUID()],
    ] as const)
      await edit(ann, sent.message?.id, text, id)
    const now = { message: { id: sent.message?.id, text: 'A third try' } }
    expect(await send(annElsewhere, conversation, 'A first try', clientId)).toMatchObject({ seq: sent.seq, ...now })
    expect((await edit(annElsewhere, sent.message?.id, 'A second try', editId)).event).toMatchObject(now)
    expect((await made(clientId)).map(({ message }) => message?.text)).toEqual(['A third try'])
  })
})

/** Sends a request and reads nothing of its answer; resolves with what ends the connection. */
async function askAndHangUp({ url, cookieHeader }: Client, body: string): Promise<() => void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.pause()
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      `host: ${hostname}:${port}`,
      `origin: ${url}`,
      `cookie: ${cookieHeader}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
  return () => void socket.resetAndDestroy()
}
