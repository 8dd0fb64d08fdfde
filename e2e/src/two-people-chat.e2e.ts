import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import {
  edit,
  follow,
  queries,
  readBack,
  remove,
  send,
  signUp,
  startDirect,
  startGroup,
  sumOf,
  textsOf,
  unreadInInbox,
  unreadInList,
  untilSeq,
} from './chat.ts'
import type { InboxFrame, TimelineEventView } from './chat.ts'
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
    // Subgraphs log ordinary answers at this level.
    stack = await testStack({ env: { LOG_LEVEL: 'debug' } })
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

  it('the conversation starts with one event of its own', async () => {
    await eventually(async () => {
      const { events } = await readBack(ben, conversation)
      expect(events.filter(({ __typename }) => __typename === 'ConversationStarted')).toHaveLength(1)
    })
  })

  it('starting the conversation again, from either side, returns the same one', async () => {
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

  it('I5: an edited message is the same for every member and everywhere: live, in history, in the inbox, as the last one', async () => {
    const inbox = ben.subscribe<{ inbox: InboxFrame }>(queries.inbox, { after: null })
    await inbox.next()
    const stream = follow(ben, conversation, 0)
    const sent = await send(ann, conversation, 'A mistak')
    const clientId = randomUUID()
    const { event } = await edit(ann, sent.message?.id, 'A mistake', clientId)
    expect(event).toMatchObject({ __typename: 'MessageEdited', line: null, message: { text: 'A mistake' } })
    const inHistory = (await readBack(ben, conversation)).events.find(({ seq }) => seq === sent.seq)
    expect(inHistory).toEqual({ ...sent, message: event?.message })
    await untilSeq(stream, event?.seq ?? Infinity)
    expect(stream.all.flatMap(({ data }) => data?.timeline.events ?? []).at(-1)).toEqual(event)
    await inbox.find(
      ({ data }) => data?.inbox.entries.some(({ lastMessage }) => lastMessage?.text === 'A mistake') ?? false,
    )
    const { conversation: listed } = await ben.must<{ conversation: object }>(queries.unread, { id: conversation })
    expect(listed).toMatchObject({ lastMessage: { text: 'A mistake', line: sent.line } })
    expect((await edit(ann, sent.message?.id, 'A mistake', clientId)).event).toEqual(event)
    expect((await edit(ben, sent.message?.id, 'Mine')).errors).toEqual([{ code: 'NOT_AUTHOR' }])
    expect((await edit(ann, sent.message?.id, ' ')).errors).toEqual([{ code: 'MESSAGE_EMPTY' }])
    const input = { messageId: sent.message?.id, clientId: randomUUID(), text: 'Mine' }
    expect(await outsider.codeOf(queries.edit, { input })).toBe('NOT_FOUND')
    stream.close()
    inbox.close()
  })

  it('a deleted message has left every answer, also for those who join a followed conversation behind it', async () => {
    const id = await startGroup(ann, [ben, outsider], 'Secrets')
    const live = follow(ann, id, 0)
    await untilSeq(live, 1)
    const sent = await send(ben, id, 'A secret')
    await untilSeq(live, sent.seq)
    expect((await remove(outsider, id, sent.message?.id)).errors).toEqual([{ code: 'NOT_MODERATOR' }])
    const { event } = await remove(ann, id, sent.message?.id)
    const rest = { text: '', author: { displayName: 'Ben Bold' }, deletedBy: { displayName: 'Ann Arbor' } }
    expect(event).toMatchObject({ __typename: 'MessageDeleted', line: null, message: rest })
    await untilSeq(live, event?.seq ?? Infinity)
    // The gateway has the frames of the stream that Ann follows, and gives them to those who come later.
    for (const after of [0, 1, sent.seq]) {
      const late = follow(ben, id, after)
      await untilSeq(late, event?.seq ?? Infinity)
      expect(JSON.stringify(late.all)).not.toContain('secret')
      late.close()
    }
    const { conversation: listed } = await ben.must<{ conversation: object }>(queries.unread, { id })
    expect(JSON.stringify([listed, await readBack(ben, id)])).not.toContain('secret')
    expect((await edit(ben, sent.message?.id, 'Back again')).errors).toEqual([{ code: 'MESSAGE_DELETED' }])
    expect((await remove(ben, id, sent.message?.id)).event).toEqual(event)
    live.close()
  })

  it('I6: unread counts and the inbox follow sends and read positions', async () => {
    const inbox = ben.subscribe<{ inbox: InboxFrame }>(queries.inbox, { after: null })
    const first = (await inbox.next()).data?.inbox
    expect(first?.entries).toEqual([])
    const id = await startGroup(ann, [ben], 'Inbox')
    await eventually(async () => expect((await readBack(ben, id)).headSeq).toBe(1))
    const base = await unreadInInbox(ben)
    for (const text of ['one', 'two', 'three']) await send(ann, id, text)
    const entryWith =
      (unreadCount: number) =>
      ({ data }: { data?: { inbox: InboxFrame } | null }) =>
        data?.inbox.unreadCount === base + unreadCount &&
        data.inbox.entries.some((entry) => entry.conversationId === id && entry.unreadCount === unreadCount)
    const frame = await inbox.find(entryWith(3))
    expect(frame.data?.inbox.entries.find(({ conversationId }) => conversationId === id)).toMatchObject({
      headSeq: 4,
      lastMessage: { text: 'three' },
    })
    const list = await ben.must<{ conversation: object }>(queries.unread, { id })
    expect(list.conversation).toMatchObject({
      unreadCount: 3,
      lastMessage: { text: 'three', author: { displayName: 'Ann Arbor' } },
    })
    await ben.must(queries.markRead, { input: { conversationId: id, line: 3 } })
    await inbox.find(entryWith(1))
    inbox.close()
    const counts = await unreadInList(ben)
    expect([await unreadInInbox(ben), counts.get(id)]).toEqual([sumOf(counts), 1])
  })

  it('I4: an inbox that resumes from its cursor delivers the changes since', async () => {
    const [here, left] = [await startGroup(ann, [ben], 'Away'), await startGroup(ann, [ben], 'Left meanwhile')]
    for (const id of [here, left]) await eventually(async () => expect((await readBack(ben, id)).headSeq).toBe(1))
    const before = ben.subscribe<{ inbox: InboxFrame }>(queries.inbox, { after: null })
    const after = (await before.next()).data?.inbox.cursor
    before.close()
    await send(ann, here, 'While you were away')
    await ben.must(queries.leave, { input: { conversationId: left } })
    const again = ben.subscribe<{ inbox: InboxFrame }>(queries.inbox, { after })
    await again.find(
      ({ data }) =>
        data?.inbox.entries.some(({ conversationId, lastMessage }) => {
          return conversationId === here && lastMessage?.text === 'While you were away'
        }) ?? false,
    )
    await eventually(() => expect(again.all.flatMap(({ data }) => data?.inbox.goneIds ?? [])).toContain(left))
    again.close()
  })

  it('users are notified that they were added, until they leave', async () => {
    const ask = () =>
      outsider.must<{ notifications: { edges: { node: Record<string, unknown> }[] } }>(
        '{ notifications(first: 5) { edges { node { kind conversationId conversation { title } actor { displayName } } } } }',
      )
    const id = await startGroup(ann, [outsider], 'Told')
    await eventually(async () =>
      expect((await ask()).notifications.edges[0]?.node).toEqual({
        kind: 'ADDED',
        conversationId: id,
        conversation: { title: 'Told' },
        actor: { displayName: 'Ann Arbor' },
      }),
    )
    await outsider.must(queries.leave, { input: { conversationId: id } })
    await eventually(async () => expect(JSON.stringify(await ask())).not.toContain(id))
  })

  it('a topic that is set shows to all members at once, as a line and with the conversation', async () => {
    const id = await startGroup(ann, [ben], 'Summer')
    const stream = follow(ben, id, 0)
    const input = { conversationId: id, topic: 'Tents and food' }
    expect(await ann.must(queries.setTopic, { input })).toEqual({
      setTopic: { conversation: { topic: 'Tents and food' }, errors: [] },
    })
    const isTopic = ({ __typename }: TimelineEventView) => __typename === 'TopicChanged'
    const frame = await stream.find(({ data }) => data?.timeline.events.some(isTopic) ?? false)
    const event = frame.data?.timeline.events.find(isTopic)
    expect(event).toMatchObject({ topic: 'Tents and food', actor: { displayName: 'Ann Arbor' } })
    stream.close()
  })

  it('members see who types, until the message is there, and outsiders see nothing', async () => {
    const stream = ben.subscribe<{ typing: { userIds: string[] } }>(queries.typing, { id: conversation })
    const typing = async () => (await stream.next()).data?.typing.userIds
    expect(await typing()).toEqual([])
    await ann.must(queries.setTyping, { input: { conversationId: conversation, typing: true } })
    expect(await typing()).toEqual([ann.userId])
    await send(ann, conversation, 'Typed')
    expect(await typing()).toEqual([])
    stream.close()
    const refused = outsider.subscribe(queries.typing, { id: conversation })
    expect((await refused.next()).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    const input = { conversationId: conversation, typing: true }
    expect(await outsider.codeOf(queries.setTyping, { input })).toBe('NOT_FOUND')
  })

  it('I7: a member who leaves sees the event of leaving and nothing after it', async () => {
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
    const input = { clientId: randomUUID(), title: 'Follow me', memberIds: [ben.userId] }
    const response = await ann.post(JSON.stringify({ query: queries.group, variables: { input } }), {
      'x-request-id': requestId,
    })
    expect(response.headers.get('x-request-id')).toBe(requestId)
    await eventually(() => {
      for (const name of ['gateway', 'conversation', 'message', 'notification'] as const) {
        expect(readFileSync(stack.service(name).logFile, 'utf8')).toContain(requestId)
      }
    })
    const streamId = `trace-${randomUUID()}`
    const stream = ann.subscribe(queries.inbox, { after: null }, { requestId: streamId })
    await stream.next()
    stream.close()
    await eventually(() => {
      for (const name of ['gateway', 'message'] as const) {
        expect(readFileSync(stack.service(name).logFile, 'utf8')).toContain(streamId)
      }
    })
  })
})
