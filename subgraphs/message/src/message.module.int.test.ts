import { randomUUID } from 'node:crypto'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { type Connection, modelOn, MONGO } from '@parley/platform/mongo/mongo.module'
import { bootContract } from '@parley/platform/testing/boot.contract'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { type Answer, codeOf, type Variables } from '@parley/platform/testing/subgraph-client'
import mongoose from 'mongoose'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { messageEnv } from './env'
import { EventDocument, HeadDocument } from './infrastructure/documents'
import { MessageModule } from './message.module'
import { conversations, startTestService, type TestService } from './testing/test-service'

interface Payload {
  readonly event: { readonly seq: number; readonly message: { readonly id: string } } | null
  readonly errors: readonly { readonly code: string }[]
}
interface Page {
  readonly headSeq: number
  readonly hasEarlier: boolean
  readonly events: readonly { readonly __typename: string; readonly seq: number; readonly line: number | null }[]
}
interface InboxFrame {
  readonly unreadCount: number
  readonly goneIds: readonly string[]
  readonly entries: readonly { readonly conversationId: string; readonly unreadCount: number }[]
}

const sendMessage = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { event { seq message { id } } errors { code } } }`
const markRead = 'mutation ($input: MarkReadInput!) { markRead(input: $input) { conversationId errors { code } } }'
const reaction = (verb: 'add' | 'remove') => `mutation ($input: ReactionInput!) {
  ${verb}Reaction(input: $input) { event { seq line message { id } } message { reactions { emoji count userIds } } errors { code } } }`
const events = 'headSeq events { __typename seq line }'
const history = `query ($id: ID!, $before: Int, $after: Int, $around: Int, $message: ID, $date: DateTime, $first: Int, $last: Int) {
  timeline(conversationId: $id, before: $before, after: $after, around: $around, aroundMessage: $message, aroundDate: $date, first: $first, last: $last) { hasEarlier ${events} } }`
const timeline = `subscription ($id: ID!, $after: Int!) { timeline(conversationId: $id, after: $after) { ${events} } }`
const inbox = 'subscription { inbox { unreadCount goneIds entries { conversationId unreadCount } } }'
const standing = `query ($of: [_Any!]!) {
  _entities(representations: $of) { ... on Conversation { headSeq readLine unreadCount lastMessage { text } } } }`

describe('the message subgraph', () => {
  let service: TestService

  const tokenOf = (userId: UserId | null) => (userId === null ? null : service.owner.token({ userId }))
  async function ask<Data>(userId: UserId | null, query: string, variables: Variables = {}): Promise<Answer<Data>> {
    return service.client.send<Data>(await tokenOf(userId), query, variables)
  }

  async function send(userId: UserId | null, conversationId: string, parts: Variables = {}) {
    const input = { conversationId, clientId: newClientId(), text: 'Hello', ...parts }
    return ask<{ sendMessage: Payload }>(userId, sendMessage, { input })
  }
  /** The code of a failure, wherever it stands. */
  const faultIn = (answer: Answer<object>, field: string): string | undefined =>
    codeOf(answer) ?? (answer.data as Record<string, Payload> | undefined)?.[field]?.errors[0]?.code

  async function read(userId: UserId, conversationId: string, line: number): Promise<string | undefined> {
    return faultIn(await ask<object>(userId, markRead, { input: { conversationId, line } }), 'markRead')
  }
  async function standingOf(userId: UserId, id: ConversationId): Promise<unknown> {
    const of = [{ __typename: 'Conversation', id }]
    return (await ask<{ _entities: unknown[] }>(userId, standing, { of })).data?._entities[0]
  }
  /** Projections follow the log within milliseconds. */
  const stands = (userId: UserId, id: ConversationId, expected: object) =>
    eventually(async () => {
      const found = await standingOf(userId, id)
      return Object.entries(expected).every(
        ([name, value]) => (found as Record<string, unknown> | null)?.[name] === value,
      )
    })

  /** What a subscription brings, frame by frame. */
  async function follow<Frame>(userId: UserId, field: string, query: string, variables: Variables = {}) {
    const stream = service.client.follow<Record<string, Frame>>(await tokenOf(userId), query, variables)
    const next = async () =>
      (await stream.next()).value as { data?: Record<string, Frame>; errors?: unknown } | undefined
    /** The first frame that is looked for. */
    const until = async (isIt: (frame: Frame) => boolean): Promise<Frame> => {
      for (;;) {
        const frame = (await next())?.data?.[field]
        if (frame === undefined) throw new Error('The stream ended')
        if (isIt(frame)) return frame
      }
    }
    return { next, until, end: () => stream.return?.() }
  }
  async function followTimeline(userId: UserId, id: ConversationId, after = 0) {
    const stream = await follow<Page>(userId, 'timeline', timeline, { id, after })
    const seen: Page['events'][number][] = []
    const untilSeq = async (seq: number) => {
      while ((seen.at(-1)?.seq ?? after) < seq) seen.push(...(await stream.until(() => true)).events)
      return seen
    }
    return { ...stream, untilSeq }
  }

  /** A conversation that its owner knows and of which no event has come. */
  function conversationOf(...members: readonly UserId[]): ConversationId {
    const id = newConversation()
    describeAs(id, 1, members)
    return id
  }
  function describeAs(conversationId: ConversationId, streamVersion: number, members: readonly UserId[]): void {
    const roles = members.map((userId) => ({ userId, role: 'member' as const }))
    conversations.set(conversationId, { conversationId, streamVersion, kind: 'group', title: null, members: roles })
  }
  const publish = (...published: AnyIntegrationEvent[]) => service.app.get(EventProducer).publish(published)
  const origin = (subject: string) => ({ id: randomUUID(), source: '/subgraphs/test', subject, time: new Date() })
  const started = (conversationId: ConversationId, [actorId, ...others]: readonly [UserId, ...UserId[]]) => {
    const members = [actorId, ...others].map((userId) => ({ userId, role: 'member' as const }))
    const data = { conversationId, streamVersion: 1, actorId, kind: 'group' as const, title: 'Test', members }
    return integrationEvent('ConversationStarted', data, origin(conversationId))
  }
  const left = (conversationId: ConversationId, streamVersion: number, memberId: UserId) => {
    const data = { conversationId, streamVersion, actorId: memberId, memberId, heirId: null }
    return integrationEvent('MemberLeft', data, origin(conversationId))
  }

  beforeAll(async () => {
    service = await startTestService()
  }, 60_000)
  afterAll(() => service.stop(), 60_000)

  bootContract(
    { folder: __dirname, handlers: [...commandHandlers, ...queryHandlers], env: messageEnv, module: MessageModule },
    () => service,
  )

  describe('messages', () => {
    it('I2: are sent once for a client id, concurrently and later', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const id = conversationOf(ann, ben)
      const clientId = newClientId()
      const raced = await Promise.all([1, 2, 3].map(() => send(ann, id, { clientId })))
      const again = await send(ann, id, { clientId })
      const sent = [...raced, again].map(({ data }) => data?.sendMessage.event)
      expect(new Set(sent.map((event) => event?.message.id)).size).toBe(1)
      expect(sent.map((event) => event?.seq)).toEqual([1, 1, 1, 1])
      expect(faultIn(await send(ann, id, { clientId, text: 'Other' }), 'sendMessage')).toBe('CLIENT_ID_REUSED')
      expect((await send(ben, id, { clientId })).data?.sendMessage.event?.seq).toBe(2)
    })

    it.each([
      ['an empty text', { text: ' ' }, 'MESSAGE_EMPTY'],
      ['a long text', { text: 'x'.repeat(8_001) }, 'MESSAGE_TOO_LONG'],
      ['a client id that is none', { clientId: 'mine' }, 'INVALID_INPUT'],
      ['a conversation id that is none', { conversationId: 'ours' }, 'INVALID_INPUT'],
    ])('are refused with %s', async (_, parts, code) => {
      const ann = newUser()
      expect(faultIn(await send(ann, conversationOf(ann), parts), 'sendMessage')).toBe(code)
    })

    it('I7: are the same to outsiders as those of no conversation', async () => {
      const id = conversationOf(newUser())
      for (const conversationId of [id, newConversation()]) {
        const outsider = newUser()
        expect(codeOf(await send(outsider, conversationId))).toBe('NOT_FOUND')
        expect(codeOf(await ask<object>(outsider, history, { id: conversationId }))).toBe('NOT_FOUND')
        const stream = await followTimeline(outsider, conversationId)
        expect(await stream.next()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
      }
      expect(codeOf(await send(null, id))).toBe('UNAUTHENTICATED')
    })

    it('I4: reach every subscriber once and in order, from wherever it begins', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const id = conversationOf(ann, ben)
      await send(ann, id)
      const streams = [await followTimeline(ann, id), await followTimeline(ben, id, 1)]
      await Promise.all(Array.from({ length: 10 }, (_, index) => send(index % 2 === 0 ? ann : ben, id)))
      const seqs = await Promise.all(streams.map(async (stream) => (await stream.untilSeq(11)).map(({ seq }) => seq)))
      const all = Array.from({ length: 11 }, (_, index) => index + 1)
      expect(seqs).toEqual([all, all.slice(1)])
      for (const stream of streams) await stream.end()
    })

    it('are read page by page, the newest first', async () => {
      const ann = newUser()
      const id = conversationOf(ann)
      for (let count = 0; count < 7; count += 1) await send(ann, id)
      const page = async (range: Variables) => {
        const found = (await ask<{ timeline: Page }>(ann, history, { id, last: 50, ...range })).data?.timeline
        return [found?.events.map(({ line }) => line), found?.hasEarlier, found?.headSeq]
      }
      expect(await page({ last: 3 })).toEqual([[5, 6, 7], true, 7])
      expect(await page({ last: 3, before: 3 })).toEqual([[1, 2], false, 7])
      expect(await page({ around: 4, last: 3 })).toEqual([[3, 4, 5], true, 7])
      expect(await page({ date: '2000-01-01T00:00:00Z', last: 2 })).toEqual([[1, 2], false, 7])
      const bad = [{ last: 101 }, { last: 0 }, { before: 0 }, { before: 2, around: 2 }, { message: 'x' }, { date: 'x' }]
      for (const range of bad)
        expect(codeOf(await ask<object>(ann, history, { id, last: 50, ...range }))).toBe('INVALID_INPUT')
      expect(codeOf(await ask<object>(ann, history, { id, message: randomUUID() }))).toBe('NOT_FOUND')
    })
  })

  describe('read positions', () => {
    it('I6: only move forward, and leave unread what others wrote after them', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const id = conversationOf(ann, ben)
      for (const text of ['one', 'two', 'three']) await send(ann, id, { text })
      await stands(ben, id, { headSeq: 3, readLine: 0, unreadCount: 3 })
      expect(await standingOf(ben, id)).toMatchObject({ lastMessage: { text: 'three' } })
      await stands(ann, id, { unreadCount: 0 })
      expect(await read(ben, id, 2)).toBeUndefined()
      expect(await read(ben, id, 1)).toBeUndefined()
      expect(await standingOf(ben, id)).toMatchObject({ readLine: 2, unreadCount: 1 })
      expect(await read(ben, id, 4)).toBe('CURSOR_AHEAD')
      expect(await read(newUser(), id, 1)).toBe('NOT_FOUND')
      expect(await standingOf(newUser(), id)).toMatchObject({ headSeq: null, unreadCount: null, lastMessage: null })
    })
  })

  describe('reactions', () => {
    async function react(userId: UserId, conversationId: string, messageId: string | undefined, parts: Variables = {}) {
      const { verb = 'add', ...rest } = parts as { readonly verb?: 'add' | 'remove' }
      const input = { conversationId, messageId, emoji: '👍', clientId: newClientId(), ...rest }
      const answer = await ask<Record<string, Payload | null>>(userId, reaction(verb), { input })
      return { code: faultIn(answer, `${verb}Reaction`), payload: answer.data?.[`${verb}Reaction`] }
    }

    it('I6: are of members and one emoji, make no line, and are unread for nobody', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const [id, elsewhere] = [conversationOf(ann, ben), conversationOf(ben)]
      const messageId = (await send(ann, id)).data?.sendMessage.event?.message.id
      await read(ben, id, 1)
      const reactions = [{ emoji: '👍', count: 1, userIds: [ben] }]
      const { payload } = await react(ben, id, messageId)
      expect(payload).toEqual({
        event: { seq: 2, line: null, message: { id: messageId } },
        message: { reactions },
        errors: [],
      })
      expect((await react(ben, id, messageId)).payload).toEqual({ event: null, message: { reactions }, errors: [] })
      await stands(ann, id, { headSeq: 2, unreadCount: 0 })
      await stands(ben, id, { headSeq: 2, unreadCount: 0 })
      expect(await react(ben, id, messageId, { emoji: '👍👍' })).toMatchObject({
        code: 'NOT_AN_EMOJI',
        payload: { event: null },
      })
      expect((await react(ben, elsewhere, messageId)).code).toBe('NOT_FOUND')
      expect((await react(newUser(), id, messageId)).code).toBe('NOT_FOUND')
      const removed = await react(ben, id, messageId, { verb: 'remove' })
      expect(removed.payload).toMatchObject({ event: { seq: 3 }, message: { reactions: [] } })
    })
  })

  describe('changes of a conversation, over Kafka', () => {
    it('I8: become lines of the timeline once, however often they come', async () => {
      const [ann, ben, cleo] = [newUser(), newUser(), newUser()]
      const id = conversationOf(ann, ben)
      const place = (streamVersion: number) => ({ conversationId: id, streamVersion, actorId: ann })
      const changes = [
        started(id, [ann, ben]),
        integrationEvent('TitleChanged', { ...place(2), title: 'Later' }, origin(id)),
        integrationEvent('MemberJoined', { ...place(3), memberId: cleo, role: 'member' }, origin(id)),
        left(id, 4, ben),
      ]
      const stream = await followTimeline(ann, id)
      await publish(...changes, ...changes)
      const kinds = ['ConversationStarted', 'TitleChanged', 'MemberJoined', 'MemberLeft']
      expect(await stream.untilSeq(4)).toEqual(
        kinds.map((__typename, index) => ({ __typename, seq: index + 1, line: index + 1 })),
      )
      expect((await send(ann, id)).data?.sendMessage.event?.seq).toBe(5)
      await stands(cleo, id, { readLine: 3, unreadCount: 2 })
      await stream.end()
    })

    it('I7: end the stream of a member who leaves, and let them see nothing more', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const id = conversationOf(ann, ben)
      const stream = await followTimeline(ben, id)
      await publish(started(id, [ann, ben]))
      await stream.untilSeq(1)
      describeAs(id, 2, [ann])
      await publish(left(id, 2, ben))
      await stream.untilSeq(2)
      expect(await stream.next()).toBeUndefined()
      expect(codeOf(await send(ben, id))).toBe('NOT_FOUND')
      expect(codeOf(await ask<object>(ben, history, { id }))).toBe('NOT_FOUND')
    })
  })

  it('takes a bounded number of commands for the rows of a hundred conversations', async () => {
    const ann = newUser()
    const ids = Array.from({ length: 100 }, () => conversationOf(ann))
    await Promise.all(ids.map((id) => send(ann, id)))
    // A head that is ahead of the projection's checkpoint costs a read of the log, and the relay's own reads would be counted.
    const connection = service.app.get<Connection>(MONGO)
    const [heads, events] = [modelOn(connection, HeadDocument), modelOn(connection, EventDocument)]
    await eventually(async () => (await heads.countDocuments({ _id: { $in: ids }, foldedSeq: 1 })) === ids.length)
    await eventually(async () => (await events.countDocuments({ pending: { $gt: '' } })) === 0)
    const commands: string[] = []
    mongoose.set('debug', (collection: string) => commands.push(collection))
    const commandsOf = async (some: readonly string[]) => {
      commands.length = 0
      const of = some.map((id) => ({ __typename: 'Conversation', id }))
      const rows = (await ask<{ _entities: object[] }>(ann, standing, { of })).data?._entities
      expect(rows).toEqual(
        some.map(() => ({ headSeq: 1, readLine: 1, unreadCount: 0, lastMessage: { text: 'Hello' } })),
      )
      // The relay polls the log for its lease and what is pending beside it.
      return commands.filter((collection) => !['leases', 'timeline_events'].includes(collection)).length
    }
    const [ofOne, ofHundred] = [await commandsOf(ids.slice(0, 1)), await commandsOf(ids)]
    mongoose.set('debug', false)
    expect(ofOne).toBeGreaterThan(2)
    // Rows whose membership was read within the last second are read ahead of the others, in a few turns at most.
    expect(ofHundred).toBeLessThanOrEqual(4 * ofOne)
  })

  it('shows in the inbox what is new, what was read elsewhere, and what is gone', async () => {
    const [ann, ben] = [newUser(), newUser()]
    const id = conversationOf(ann, ben)
    const stream = await follow<InboxFrame>(ben, 'inbox', inbox)
    expect(await stream.until(() => true)).toEqual({ unreadCount: 0, goneIds: [], entries: [] })
    await publish(started(id, [ann, ben]))
    const unreadOf = ({ entries }: InboxFrame) => entries.find((entry) => entry.conversationId === id)?.unreadCount
    await stream.until((frame) => unreadOf(frame) === 0)
    await send(ann, id)
    expect((await stream.until((frame) => unreadOf(frame) === 1)).unreadCount).toBe(1)
    await read(ben, id, 2)
    expect((await stream.until((frame) => unreadOf(frame) === 0)).unreadCount).toBe(0)
    describeAs(id, 2, [ann])
    await publish(left(id, 2, ben))
    expect((await stream.until(({ goneIds }) => goneIds.length > 0)).goneIds).toEqual([id])
    await stream.end()
  })
})
