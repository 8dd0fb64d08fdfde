import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isErrorCategory, isErrorCode } from '@parley/kernel/errors'
import type { Stack } from '@parley/launcher/stack'
import { Client, userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer, GraphQLFailure } from '@parley/testing/client'
import { follow, queries, readBack, send, signUp, startDirect, startGroup } from './chat.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

/** Words that would reveal how Parley is built. */
const internal = /node_modules|\bat .*:\d+:\d+|mongo|postgres|kafka|redis|ECONN|subgraph|stack|127\.0\.0\.1|undefined/i

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

  /** One typed error with a message, and nothing internal in it. */
  function expectRefusal(errors: readonly GraphQLFailure[] | undefined, code: string): void {
    const [error] = errors ?? []
    expect(error?.extensions?.code).toBe(code)
    expect(isErrorCategory(error?.extensions?.category) && isErrorCode(code)).toBe(true)
    expectSentence(error?.message)
    expect(JSON.stringify(errors)).not.toMatch(internal)
  }

  /** The same for errors that a person can correct: they are data in the payload, which has nothing else. */
  function expectMendable({ data, errors }: GraphQLAnswer<Record<string, object>>, code: string, field?: string): void {
    expect(errors).toBeUndefined()
    const [payload] = Object.values(data ?? {})
    const told = userErrorsOf(payload)
    expect(told).toEqual([{ code, message: expect.any(String) as string, ...(field === undefined ? {} : { field }) }])
    expect(isErrorCode(code)).toBe(true)
    expectSentence(told[0]?.message)
    expect(JSON.stringify(told)).not.toMatch(internal)
    expect(Object.values(payload ?? {}).filter((part) => part !== null)).toEqual([told])
  }

  /** The errors with which a stream is refused. */
  const refusalOf = async (stream: ReturnType<typeof follow>) => (await stream.ended()) as readonly GraphQLFailure[]

  const expectSentence = (message: string | undefined) => expect(message).toMatch(/^[A-Z].{10,}[.!?"]?$/s)

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
    expect(events.filter(({ message }) => message !== undefined)).toHaveLength(4)
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
