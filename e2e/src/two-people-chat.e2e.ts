import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { follow, queries, readBack, send, signUp, startDirect, startGroup, textsOf, untilSeq } from './chat.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout)

describe('two people chat', () => {
  let stack: Stack
  let ann: Client
  let ben: Client
  let outsider: Client
  let conversation: string
  const url = () => stack.urls[0] ?? ''

  beforeAll(async () => {
    stack = await testStack()
    ann = await signUp(url(), 'ann', 'Ann Arbor')
    ben = await signUp(url(), 'ben', 'Ben Bold')
    outsider = await signUp(url(), 'otto', 'Otto Outside')
    conversation = await startDirect(ann, ben)
  })
  afterAll(async () => {
    await Promise.all([ann, ben, outsider].map((client) => client.close()))
    await stack.stop()
  })

  it('a message arrives live, with the name of its author from another subgraph', async () => {
    const stream = follow(ben, conversation, 0)
    const sent = await send(ann, conversation, 'Hello Ben 👋')
    await untilSeq(stream, sent.seq)
    const event = stream.all.flatMap(({ data }) => data?.timeline.events ?? []).find(({ seq }) => seq === sent.seq)
    expect(event).toEqual(sent)
    expect(event?.message?.author?.displayName).toBe('Ann Arbor')
    stream.close()
  })

  it('the conversation begins with an event of its own, once', async () => {
    await eventually(async () => {
      const { events } = await readBack(ben, conversation)
      expect(events.filter(({ __typename }) => __typename === 'ConversationStarted')).toHaveLength(1)
    })
  })

  it('starting the conversation again, from either side, finds the same one', async () => {
    expect(await startDirect(ben, ann)).toBe(conversation)
    expect(await startDirect(ann, ben)).toBe(conversation)
  })

  it('I2: a repeated send gives the same event', async () => {
    const clientId = randomUUID()
    const first = await send(ann, conversation, 'once', clientId)
    const repeated = await Promise.all(Array.from({ length: 8 }, () => send(ann, conversation, 'once', clientId)))
    for (const event of repeated) expect(event).toEqual(first)
    expect(textsOf((await readBack(ann, conversation)).events).filter((text) => text === 'once')).toHaveLength(1)
  })

  it('I6: unread counts and the badge follow what is sent and read', async () => {
    const badges = ben.subscribe<{ badge: { unread: number; conversation: { id: string } | null } }>(queries.badge)
    const id = await startGroup(ann, [ben], 'Badge')
    const { headSeq } = await eventually(async () => {
      const log = await readBack(ben, id)
      expect(log.headSeq).toBe(1)
      return log
    })
    const before = await badges.next()
    const base = before.data?.badge.unread ?? 0
    for (const text of ['one', 'two', 'three']) await send(ann, id, text)
    await badges.find(({ data }) => data?.badge.unread === base + 3 && data.badge.conversation?.id === id)
    const list = await ben.must<{
      badge: { unread: number }
      conversation: { unreadCount: number; lastMessage: { text: string } }
    }>(queries.unread, { id })
    expect(list.badge.unread).toBe(base + 3)
    expect(list.conversation).toMatchObject({
      unreadCount: 3,
      lastMessage: { text: 'three', author: { displayName: 'Ann Arbor' } },
    })
    await ben.must(queries.markRead, { input: { conversationId: id, seq: headSeq + 2 } })
    await badges.find(({ data }) => data?.badge.unread === base + 1)
    badges.close()
  })

  it('I7: who leaves sees the event of leaving and nothing after it', async () => {
    const id = await startGroup(ann, [ben, outsider], 'Leaving')
    const stream = follow(outsider, id, 0)
    await stream.next()
    await outsider.must(queries.leave, { input: { conversationId: id } })
    expect(await stream.ended()).toBeNull()
    expect(stream.all.at(-1)?.data?.timeline.events.at(-1)).toMatchObject({
      __typename: 'MemberLeft',
      member: { displayName: 'Otto Outside' },
    })
    const after = await send(ann, id, 'Now we are alone')
    expect((await readBack(ben, id)).headSeq).toBeGreaterThanOrEqual(after.seq)
    expect(await outsider.codeOf(queries.history, { id, before: null, last: 10 })).toBe('NOT_FOUND')
    expect(
      await outsider.codeOf(queries.send, { input: { conversationId: id, clientId: randomUUID(), text: 'Let me in' } }),
    ).toBe('NOT_FOUND')
  })

  it('finds people by name and shows a profile', async () => {
    const { findUsers } = await ann.must<{ findUsers: { username: string }[] }>(
      '{ findUsers(query: "bo") { username displayName } }',
    )
    expect(findUsers.map(({ username }) => username)).toEqual(['ben'])
  })

  it('one request id goes through gateway, subgraphs, Kafka and consumers', async () => {
    const requestId = `trace-${randomUUID()}`
    const input = { conversationId: conversation, clientId: randomUUID(), text: 'follow me' }
    const response = await ann.post(JSON.stringify({ query: queries.send, variables: { input } }), {
      'x-request-id': requestId,
    })
    expect(response.headers.get('x-request-id')).toBe(requestId)
    await eventually(() => {
      for (const name of ['gateway', 'message', 'notification'] as const) {
        expect(readFileSync(stack.service(name).logFile, 'utf8')).toContain(requestId)
      }
    })
  })
})
