import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import type { GraphQLAnswer, GraphQLFailure } from '@parley/testing/client'
import { badDeeds } from './bad-deeds.ts'
import type { World } from './bad-deeds.ts'
import { badReplies } from './bad-replies.ts'
import { deepTexts, noLines } from './bad-values.ts'
import {
  edit,
  eventsOf,
  follow,
  queries,
  readBack,
  remove,
  send,
  sendUntilAcknowledged,
  seqsOf,
  signUp,
  startDirect,
  startGroup,
  untilSeq,
  upTo,
} from './chat.ts'
import { expectMendable, expectRefusal } from './refusals.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

describe('bad input', () => {
  let stack: Stack
  let ann: Client
  let ben: Client
  let conversation: string
  let first: string | undefined
  let pids: (number | undefined)[]
  const url = () => stack.urls[0] ?? ''
  const running = () => stack.services.map(({ identity }) => identity?.pid)

  beforeAll(async () => {
    stack = await testStack()
    ann = await signUp(url(), 'ann')
    ben = await signUp(url(), 'ben')
    conversation = await startDirect(ann, ben)
    first = (await send(ann, conversation, 'first')).message?.id
    pids = running()
  })
  afterAll(async () => {
    await Promise.all([ann, ben].map((client) => client.close()))
    await stack.stop()
  })

  /** The errors with which a stream is refused. */
  const refusalOf = async (stream: ReturnType<typeof follow>) => (await stream.ended()) as readonly GraphQLFailure[]

  const sendInput = (input: object) => ({
    input: { conversationId: conversation, clientId: randomUUID(), text: 'x', ...input },
  })

  it.each([
    ['an unknown conversation', () => sendInput({ conversationId: randomUUID() }), 'NOT_FOUND'],
    ['a text that is a number', () => sendInput({ text: 7 }), 'INVALID_INPUT'],
    ['a text that is an object', () => sendInput({ text: { $gt: '' } }), 'INVALID_INPUT'],
    ['no input at all', () => ({}), 'INVALID_INPUT'],
  ])('%s is refused', async (_what, variables, code) => {
    const { errors } = await ann.gql(queries.send, variables())
    expectRefusal(errors, code)
  })

  it.each([
    ['an id that is none', { conversationId: '{"$ne":null}' }, 'INVALID_INPUT', undefined],
    ['a client id that is none', { clientId: '1' }, 'INVALID_INPUT', undefined],
    ['an empty text', { text: '' }, 'MESSAGE_EMPTY', 'text'],
    ['white space alone', { text: ' \n\t ' }, 'MESSAGE_EMPTY', 'text'],
    ['letters that are drawn as nothing', { text: '\u200b\u3164' }, 'MESSAGE_EMPTY', 'text'],
    ['8,001 characters', { text: '👋'.repeat(8_001) }, 'MESSAGE_TOO_LONG', 'text'],
  ])('%s can be mended', async (_what, input, code, field) => {
    expectMendable(await ann.gql(queries.send, sendInput(input)), code, field)
  })

  it.each([
    ['nothing', '', 'NOT_AN_EMOJI'],
    ['a word', 'yes', 'NOT_AN_EMOJI'],
    ['two emoji', '👍👍', 'NOT_AN_EMOJI'],
    ['half of an emoji', '\uD83D', 'NOT_AN_EMOJI'],
    ['a zero-width space', '\u200b', 'NOT_AN_EMOJI'],
    ['10,000 selectors', `👍${'\uFE0F'.repeat(10_000)}`, 'NOT_AN_EMOJI'],
  ])('%s is no reaction', async (_what, emoji, code) => {
    const input = { conversationId: conversation, messageId: first, clientId: randomUUID(), emoji }
    expectMendable(await ben.gql(queries.react, { input }), code, 'emoji')
  })

  it('a reaction by an outsider, or to a message of another conversation, is as one to no message', async () => {
    const [otto, cleo] = [await signUp(url(), 'otto_reacts'), await signUp(url(), 'cleo')]
    const elsewhere = await startDirect(otto, cleo)
    const input = { messageId: first, clientId: randomUUID(), emoji: '👍' }
    for (const conversationId of [conversation, elsewhere, randomUUID()])
      expectRefusal((await otto.gql(queries.react, { input: { ...input, conversationId } })).errors, 'NOT_FOUND')
    await Promise.all([otto, cleo].map((client) => client.close()))
  })

  it('8,000 characters are accepted', async () => {
    expect((await send(ann, conversation, '👋'.repeat(8_000))).message?.text).toHaveLength(16_000)
  })

  it('a non-member gets the same error as for an unknown conversation', async () => {
    const otto = await signUp(url(), 'otto')
    const { errors } = await otto.gql(queries.send, sendInput({}))
    expectRefusal(errors, 'NOT_FOUND')
    const unknown = await otto.gql(queries.send, sendInput({ conversationId: randomUUID() }))
    expect(errors?.[0]?.message).toBe(unknown.errors?.[0]?.message)
    expect(await otto.codeOf(queries.history, { id: conversation, before: null, last: 10 })).toBe('NOT_FOUND')
    expectRefusal(await refusalOf(follow(otto, conversation, 0)), 'NOT_FOUND')
    await otto.close()
  })

  it('a client id that was used for another text is refused', async () => {
    const clientId = randomUUID()
    await send(ann, conversation, 'one thing', clientId)
    expectMendable(await ann.gql(queries.send, sendInput({ clientId, text: 'another' })), 'CLIENT_ID_REUSED')
  })

  it('a cursor from the future is refused, in a stream and in a read position', async () => {
    expectRefusal(await refusalOf(follow(ann, conversation, 1_000_000)), 'CURSOR_AHEAD')
    const markRead = (line: number) =>
      ann.gql<Record<string, object>>(queries.markRead, { input: { conversationId: conversation, line } })
    expectMendable(await markRead(1_000_000), 'CURSOR_AHEAD', 'line')
    expectMendable(await markRead(-1), 'INVALID_INPUT', 'line')
    expectRefusal(await refusalOf(follow(ann, conversation, -1)), 'INVALID_INPUT')
  })

  it('a cursor of another conversation is refused when this one is shorter', async () => {
    const other = await startGroup(ann, [ben], 'Another')
    const { seq } = await send(ann, conversation, 'the last here')
    expectRefusal(await refusalOf(follow(ann, other, seq)), 'CURSOR_AHEAD')
  })

  it.each([
    ['before the first line', { before: 0 }],
    ['before a negative line', { before: -1 }],
    ['before a line beyond 32 bits', { before: 2 ** 31 }],
    ['of no lines', { last: 0 }],
    ['of -1 lines', { last: -1 }],
    ['of 101 lines', { last: 101 }],
  ])('a page %s is refused', async (_what, range) => {
    const { errors } = await ann.gql(queries.history, { id: conversation, before: null, last: 10, ...range })
    expectRefusal(errors, 'INVALID_INPUT')
  })

  it.each(['conversations', 'notifications'])('a cursor that is none of %s is refused', async (list) => {
    const query = `query ($after: String) { ${list}(first: 5, after: $after) { edges { cursor } } }`
    const elsewhere = Buffer.from(`2030-01-01T00:00:00.000Z/${conversation.toUpperCase()}`).toString('base64url')
    for (const after of ['nonsense', '-1', '\u0000', 'A'.repeat(10_000), elsewhere]) {
      expectRefusal((await ann.gql(query, { after })).errors, 'INVALID_INPUT')
    }
  })

  it.each(['nonsense!', '-1', ''])('the inbox does not begin at %j', async (after) => {
    const stream = ann.subscribe(queries.inbox, { after })
    expectRefusal((await stream.next()).errors, 'INVALID_INPUT')
    expect(await stream.ended()).toBeNull()
  })

  describe('about messages', () => {
    let world: World

    beforeAll(async () => {
      const id = async (sent: ReturnType<typeof send>) => (await sent).message?.id ?? ''
      const [group, hidden] = [await startGroup(ann, [ben], 'Deeds'), await startGroup(ann, [], 'Hidden')]
      const message = await id(send(ann, group, 'A root'))
      const input = { conversationId: group, clientId: randomUUID(), text: 'A reply', threadId: message }
      const { sendMessage } = await ann.must<{ sendMessage: { event: { message: { id: string } } } }>(queries.send, {
        input,
      })
      const deleted = await id(send(ben, group, 'Not for long'))
      await remove(ben, group, deleted)
      world = {
        conversation: group,
        message,
        deleted,
        reply: sendMessage.event.message.id,
        own: await id(send(ben, group, 'Ben’s')),
        hidden: await id(send(ann, hidden, 'A secret')),
        elsewhere: await id(send(ben, conversation, 'Elsewhere')),
      }
    })

    it.each([...badDeeds, ...badReplies])('%s is refused', async (_what, query, input, code, refusal) => {
      const before = await readBack(ann, world.conversation)
      const answer = await ben.gql<Record<string, object>>(query, { input: input(world) })
      if (refusal === 'beside') expectRefusal(answer.errors, code)
      else expectMendable(answer, code, refusal === 'payload' ? undefined : refusal.field)
      expect(await readBack(ann, world.conversation)).toEqual(before)
    })

    it('a deletion of what was deleted is the first deletion', async () => {
      const { event, errors } = await remove(ben, world.conversation, world.deleted)
      expect([event?.message?.id, event?.actorId, errors]).toEqual([world.deleted, ben.userId, []])
    })

    it('1,600 mentions of all are one, and half characters are replaced by a whole one', async () => {
      expect((await send(ben, conversation, '@all '.repeat(1_600))).message?.text).toHaveLength(7_999)
      const clientId = randomUUID()
      const sent = await send(ben, conversation, 'a\uDC00b\uD83D', clientId)
      expect(sent.message?.text).toBe('a\uFFFDb\uFFFD')
      expect(await send(ben, conversation, 'a\uDC00b\uD83D', clientId)).toEqual(sent)
    })

    it.each(noLines)('the number %s is no line, seq or revision', async (number) => {
      const id = JSON.stringify(world.conversation)
      const asked = [
        ...['before', 'after', 'around', 'first', 'last'].map(
          (argument) =>
            [
              `query ($id: ID!, $n: Int) { timeline(conversationId: $id, ${argument}: $n) { headSeq } }`,
              `"id":${id},"n":${number}`,
            ] as const,
        ),
        [queries.markRead, `"input":{"conversationId":${id},"line":${number}}`],
        [queries.markRead, `"input":{"conversationId":${id},"line":1,"revision":${number}}`],
      ] as const
      for (const [query, variables] of asked) {
        const response = await ben.post(`{"query":${JSON.stringify(query)},"variables":{${variables}}}`)
        const { errors } = (await response.json()) as GraphQLAnswer<unknown>
        // Infinitely many are too many before they are no number.
        const isMany =
          number === '1e999' && /first|last/.test(query) && errors?.[0]?.extensions?.code !== 'INVALID_INPUT'
        expectRefusal(errors, isMany ? 'OPERATION_TOO_COMPLEX' : 'INVALID_INPUT')
      }
    })

    it.each(['-1', '2147483648', '9007199254740992', '1e999', 'NaN'])(
      '%s in a document is no line either',
      async (number) => {
        const page = `{ timeline(conversationId: "${world.conversation}", before: ${number}) { headSeq } }`
        const { errors } = await ben.gql(page)
        expect(['INVALID_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(errors?.[0]?.extensions?.code)
        expectRefusal(errors, errors?.[0]?.extensions?.code ?? '')
      },
    )

    it.each([...deepTexts])('1,000 levels of %s are sent, edited and read in bounded time', async (_what, text) => {
      const from = performance.now()
      const sent = await send(ben, world.conversation, text)
      expect(sent.message?.text).toBe(text)
      expect((await edit(ben, sent.message?.id, `${text}!`)).errors).toEqual([])
      const list = await ann.must<{ conversation: { lastMessage: { text: string } } }>(queries.unread, {
        id: world.conversation,
      })
      expect(list.conversation.lastMessage.text).toBe(`${text}!`)
      // Three operations; libs/text has the bound of the parser itself.
      expect(performance.now() - from).toBeLessThan(5_000)
    })

    it('nothing of it was lost: every event is in the stream, once and in order', async () => {
      const { seq } = await sendUntilAcknowledged(ann, world.conversation, 'Still here')
      const stream = follow(ben, world.conversation, 0)
      await untilSeq(stream, seq)
      expect(seqsOf(eventsOf(stream))).toEqual(upTo(seq))
      stream.close()
    })
  })

  it.each([
    ['no token', ''],
    ['a word', 'parley_access=hello'],
    ['an unsigned token', `parley_access=${token({ alg: 'none' })}.`],
    ['a token with a foreign signature', `parley_access=${token({ alg: 'ES256', kid: 'mine' })}.${'A'.repeat(86)}`],
    [
      'a token with a key of its own choice',
      `parley_access=${token({ alg: 'ES256', jku: 'http://127.0.0.1:1/' })}.${'A'.repeat(86)}`,
    ],
  ])('%s makes the caller anonymous', async (_what, cookie) => {
    const stranger = new Client(url())
    const response = await stranger.post(JSON.stringify({ query: queries.send, variables: sendInput({}) }), { cookie })
    expectRefusal(((await response.json()) as GraphQLAnswer<unknown>).errors, 'UNAUTHENTICATED')
  })

  it.each([
    ['malformed GraphQL', JSON.stringify({ query: '{ viewer { ' }), 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', JSON.stringify({ query: '{ viewer { passwordHash } }' }), 'GRAPHQL_VALIDATION_FAILED'],
    ['malformed JSON', '{"query":', 'INVALID_INPUT'],
    ['a batch', JSON.stringify([{ query: '{ viewer { id } }' }]), 'INVALID_INPUT'],
    [
      '10,000 aliases',
      JSON.stringify({
        query: `{ ${Array.from({ length: 10_000 }, (_, index) => `a${index}: viewer { id }`).join(' ')} }`,
      }),
      'OPERATION_TOO_COMPLEX',
    ],
    ['a body of 1 MB', JSON.stringify({ query: `{ viewer { id } } # ${'x'.repeat(1 << 20)}` }), 'PAYLOAD_TOO_LARGE'],
  ])('%s is refused', async (_what, body, code) => {
    const response = await ann.post(body)
    expectRefusal(((await response.json()) as GraphQLAnswer<unknown>).errors, code)
  })

  it.each(['/graphql', '/%67raphql', '/gr%61phql?x=1'])('another origin is refused at %s', async (path) => {
    const response = await fetch(`${url()}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    })
    expect(response.status).toBe(403)
    expectRefusal(((await response.json()) as GraphQLAnswer<unknown>).errors, 'FORBIDDEN')
  })

  it('another origin is refused with cookies too', async () => {
    const response = await ann.post(JSON.stringify({ query: '{ viewer { id } }' }), { origin: 'https://evil.example' })
    expect(response.status).toBe(403)
    expectRefusal(((await response.json()) as GraphQLAnswer<unknown>).errors, 'FORBIDDEN')
  })

  it('refusals changed nothing, every process is the same as before, and no log contains a secret', async () => {
    const { events } = await readBack(ben, conversation)
    expect(events.filter(({ message }) => message !== undefined)).toHaveLength(7)
    expect(running()).toEqual(pids)
    const secrets = [...ann.cookies.values(), 'correct horse battery', 'one thing']
    for (const { logFile } of stack.services) {
      const log = readFileSync(logFile, 'utf8')
      for (const secret of secrets) expect(log.includes(secret)).toBe(false)
    }
  })
})

/** Header and payload of a token that looks right, so that only its signature is wrong. */
function token(header: object): string {
  const payload = {
    sub: randomUUID(),
    sid: 'x',
    iss: 'parley',
    aud: 'parley',
    exp: Math.floor(Date.now() / 1_000) + 600,
  }
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
}
