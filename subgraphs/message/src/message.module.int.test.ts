import { randomUUID } from 'node:crypto'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { TimelineLog } from './application/timeline-log'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { conversationOf } from './testing/conversation-owner'
import { newConversation, newUser } from './testing/entries'
import { SharedSocket } from './testing/followed'
import {
  type Answer,
  codeOf,
  history,
  markRead,
  messages,
  sendMessage,
  type ShownEvent,
  type ShownMessage,
  type ShownPage,
  type ShownSummary,
  summary,
} from './testing/operations'
import { startTestService, type TestService } from './testing/test-service'
import { handledBy, useCaseClasses } from './testing/use-case-classes'

const noSuchConversation = 'There is no such conversation, or you are not a member of it.'
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)
const seqs = (events: readonly ShownEvent[]): number[] => events.map(({ seq }) => seq)
const references = (typename: string, ids: readonly string[]) => ids.map((id) => ({ __typename: typename, id }))

describe('the message subgraph', () => {
  let service: TestService

  const say = (viewer: UserId | null, conversationId: string, text = 'Hello', clientId: string = randomUUID()) =>
    service.send(viewer, sendMessage, { input: { conversationId, clientId, text } })
  async function said(viewer: UserId, conversationId: string, text?: string, clientId?: string): Promise<ShownEvent> {
    const { data, errors } = await say(viewer, conversationId, text, clientId)
    expect(errors).toBeUndefined()
    return (data?.['sendMessage'] as { event: ShownEvent }).event
  }
  const read = (viewer: UserId | null, conversationId: string, seq: number) =>
    service.send(viewer, markRead, { input: { conversationId, seq } })
  const entities = (viewer: UserId | null, query: string, typename: string, ...ids: readonly string[]) =>
    service.send(viewer, query, { of: references(typename, ids) })
  async function page(viewer: UserId, conversationId: string, range: object = {}): Promise<ShownPage> {
    const { data, errors } = await service.send(viewer, history, {
      of: references('Conversation', [conversationId]),
      ...range,
    })
    expect(errors).toBeUndefined()
    return (data?.['_entities'] as [{ history: ShownPage }])[0].history
  }
  async function summaryOf(viewer: UserId, conversationId: string): Promise<ShownSummary> {
    const { data, errors } = await entities(viewer, summary, 'Conversation', conversationId)
    expect(errors).toBeUndefined()
    return (data?.['_entities'] as [ShownSummary])[0]
  }
  /** Lists show a projection, which is a moment behind the log. */
  const untilHead = (viewer: UserId, conversationId: string, headSeq: number): Promise<ShownSummary> =>
    eventually(async () => {
      const found = await summaryOf(viewer, conversationId)
      return found.headSeq === headSeq && found
    })

  beforeAll(async () => {
    service = await startTestService()
  }, 90_000)
  afterAll(() => service.stop(), 60_000)

  it('has a handler for every command and query', () => {
    const handlers = [...commandHandlers, ...queryHandlers]
    const classes = useCaseClasses((file) => jest.requireActual(file))
    expect(new Set<unknown>(handlers.map(handledBy))).toEqual(new Set<unknown>(classes))
    for (const handler of handlers) expect(service.app.get<unknown>(handler, { strict: false })).toBeInstanceOf(handler)
  })

  it('is ready', async () => expect((await fetch(`http://${service.address}/health/ready`)).status).toBe(200))

  describe('sendMessage', () => {
    it('gives the event that every member sees', async () => {
      const ann = newUser()
      const conversationId = conversationOf(ann, newUser())
      const clientId = randomUUID()
      const event = await said(ann, conversationId, ' Grüße, 世界 👋\n', clientId)
      const common = { conversationId, seq: 1 }
      expect(event).toMatchObject({ __typename: 'MessageSent', ...common, actor: { id: ann } })
      expect(event.message).toMatchObject({ ...common, clientId, author: { id: ann }, text: 'Grüße, 世界 👋' })
      expect(Date.now() - Date.parse(event.at)).toBeLessThan(10_000)
      expect(event.message?.sentAt).toBe(event.at)
    })

    it('I2: sends once for a client id, at once and later, and refuses it for something else', async () => {
      const ann = newUser()
      const conversationId = conversationOf(ann)
      const clientId = randomUUID()
      const attempts = await Promise.all(upTo(5).map(() => said(ann, conversationId, 'Once', clientId)))
      expect(new Set(attempts.map(({ message }) => message?.id)).size).toBe(1)
      expect(await said(ann, conversationId, ' Once ', clientId)).toEqual(attempts[0])
      expect(codeOf(await say(ann, conversationId, 'Twice', clientId))).toBe('CLIENT_ID_REUSED')
      expect((await page(ann, conversationId)).headSeq).toBe(1)
    })

    it('I3: gives concurrent messages of all members one order without a gap', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const conversationId = conversationOf(ann, ben)
      const sent = await Promise.all(upTo(20).map((index) => said(index % 2 === 0 ? ann : ben, conversationId)))
      expect(seqs(sent).toSorted((a, b) => a - b)).toEqual(upTo(20))
      const ordered = sent.toSorted((a, b) => a.seq - b.seq)
      for (const viewer of [ann, ben]) expect((await page(viewer, conversationId)).events).toEqual(ordered)
    })

    it.each([
      ['nothing', { text: ' \n' }, 'MESSAGE_EMPTY'],
      ['more than fits', { text: '👋'.repeat(8_001) }, 'MESSAGE_TOO_LONG'],
      ['a client id that is none', { clientId: 'mine' }, 'INVALID_INPUT'],
      ['a conversation that is no id', { conversationId: 'ours' }, 'INVALID_INPUT'],
    ])('refuses %s', async (_, wrong, code) => {
      const ann = newUser()
      const input = { conversationId: conversationOf(ann), clientId: randomUUID(), text: 'Hello', ...wrong }
      expect(codeOf(await service.send(ann, sendMessage, { input }))).toBe(code)
    })

    it('takes the longest message there may be', async () => {
      const ann = newUser()
      const text = '👋'.repeat(8_000)
      expect((await said(ann, conversationOf(ann), text)).message?.text).toBe(text)
    })

    it('I1: is refused to outsiders as for a conversation that does not exist, and to nobody', async () => {
      const conversationId = conversationOf(newUser())
      for (const id of [conversationId, newConversation()]) {
        const { data, errors } = await say(newUser(), id)
        expect(data).toEqual({ sendMessage: null })
        expect(errors).toMatchObject([{ message: noSuchConversation, extensions: { code: 'NOT_FOUND' } }])
      }
      expect(codeOf(await say(null, conversationId))).toBe('UNAUTHENTICATED')
      expect(await service.app.get(TimelineLog).head(conversationId)).toBe(0)
    })
  })

  describe('markRead', () => {
    it('moves forward, never back, and counts what others wrote after it', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const conversationId = conversationOf(ann, ben)
      for (const author of [ann, ben, ann, ann]) await said(author, conversationId)
      await untilHead(ben, conversationId, 4)
      for (const [seq, readSeq, unreadCount] of [
        [0, 0, 3],
        [1, 1, 2],
        [3, 3, 1],
        [2, 3, 1],
        [4, 4, 0],
      ] as const) {
        const { data, errors } = await read(ben, conversationId, seq)
        expect(errors).toBeUndefined()
        expect(data).toEqual({ markRead: { conversation: { id: conversationId, readSeq, unreadCount } } })
      }
      expect(await summaryOf(ann, conversationId)).toMatchObject({ readSeq: 0, unreadCount: 1 })
    })

    it('keeps the furthest of marks that are set at once', async () => {
      const ann = newUser()
      const conversationIds = upTo(15).map(() => conversationOf(ann))
      await Promise.all(conversationIds.flatMap((id) => upTo(4).map(() => said(ann, id))))
      await Promise.all(conversationIds.flatMap((id) => [1, 3, 2, 4].map((seq) => read(ann, id, seq))))
      const summaries = await Promise.all(conversationIds.map((id) => summaryOf(ann, id)))
      expect(summaries.map(({ readSeq }) => readSeq)).toEqual(conversationIds.map(() => 4))
    })

    it('is refused ahead of the end, before the beginning, to outsiders and to nobody', async () => {
      const ann = newUser()
      const conversationId = conversationOf(ann)
      await said(ann, conversationId)
      expect(codeOf(await read(ann, conversationId, 2))).toBe('CURSOR_AHEAD')
      expect(codeOf(await read(ann, conversationId, -1))).toBe('INVALID_INPUT')
      expect(codeOf(await read(newUser(), conversationId, 1))).toBe('NOT_FOUND')
      expect(codeOf(await read(null, conversationId, 1))).toBe('UNAUTHENTICATED')
    })
  })

  describe('a conversation', () => {
    it('shows its history in stretches without a gap', async () => {
      const ann = newUser()
      const conversationId = conversationOf(ann)
      expect(await page(ann, conversationId)).toEqual({ events: [], hasEarlier: false, headSeq: 0 })
      for (const index of upTo(7)) await said(ann, conversationId, `${index}`)
      const stretch = async (range: object) => {
        const { events, ...rest } = await page(ann, conversationId, range)
        expect(events.map(({ message }) => message?.text)).toEqual(events.map(({ seq }) => `${seq}`))
        return { ...rest, seqs: seqs(events) }
      }
      expect(await stretch({})).toEqual({ seqs: upTo(7), hasEarlier: false, headSeq: 7 })
      expect(await stretch({ last: 3 })).toEqual({ seqs: [5, 6, 7], hasEarlier: true, headSeq: 7 })
      expect(await stretch({ last: 3, before: 5 })).toEqual({ seqs: [2, 3, 4], hasEarlier: true, headSeq: 7 })
      expect(await stretch({ last: 3, before: 2 })).toEqual({ seqs: [1], hasEarlier: false, headSeq: 7 })
      expect(await stretch({ last: 3, before: 1 })).toEqual({ seqs: [], hasEarlier: false, headSeq: 7 })
      expect(await stretch({ last: 2, before: 1_000 })).toEqual({ seqs: [6, 7], hasEarlier: true, headSeq: 7 })
      for (const range of [{ last: 0 }, { last: 101 }, { before: 0 }]) {
        const of = references('Conversation', [conversationId])
        expect(codeOf(await service.send(ann, history, { of, ...range }))).toBe('INVALID_INPUT')
      }
    })

    it('shows its members where it and they stand', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const conversationId = conversationOf(ann, ben)
      const empty = { id: conversationId, headSeq: 0, readSeq: 0, unreadCount: 0, lastMessage: null }
      expect(await summaryOf(ann, conversationId)).toEqual(empty)
      await said(ann, conversationId)
      const { message: lastMessage } = await said(ben, conversationId, 'The last word')
      expect(await untilHead(ann, conversationId, 2)).toEqual({ ...empty, headSeq: 2, unreadCount: 1, lastMessage })
    })

    it('I1: shows nothing to outsiders, who learn no more than of one that does not exist', async () => {
      const [ann, eve] = [newUser(), newUser()]
      const [hers, both] = [conversationOf(ann), conversationOf(ann, eve)]
      await Promise.all([hers, both].map((id) => said(ann, id)))
      await untilHead(eve, both, 1)
      const { data, errors } = await entities(eve, summary, 'Conversation', hers, both, newConversation())
      const nothing = { headSeq: null, readSeq: null, unreadCount: null, lastMessage: null }
      expect(errors).toBeUndefined()
      expect(data).toMatchObject({ _entities: [nothing, { id: both, headSeq: 1, unreadCount: 1 }, nothing] })
      const read = await entities(eve, history, 'Conversation', hers, both, newConversation())
      expect(read.data).toMatchObject({
        _entities: [{ history: null }, { history: { headSeq: 1 } }, { history: null }],
      })
      const refusal = { message: noSuchConversation, extensions: { code: 'NOT_FOUND' } }
      expect(read.errors).toMatchObject([refusal, refusal])
    })

    it('I10: shows nothing to nobody', async () => {
      const conversationId = conversationOf(newUser())
      for (const query of [summary, history]) {
        const { data, errors } = await entities(null, query, 'Conversation', conversationId)
        const [shown] = data?.['_entities'] as [Record<string, unknown>]
        expect(Object.entries(shown).filter(([name, value]) => name !== 'id' && value !== null)).toEqual([])
        expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['UNAUTHENTICATED']))
      }
    })
  })

  it('resolves messages by reference for members only, each in its place', async () => {
    const [ann, ben] = [newUser(), newUser()]
    const [hers, both] = [conversationOf(ann), conversationOf(ann, ben)]
    const written = await Promise.all([said(ann, hers, 'Hers'), said(ann, both, 'One'), said(ben, both, 'Two')])
    const [secret, one, two] = written.map(({ message }) => message) as [ShownMessage, ShownMessage, ShownMessage]
    await Promise.all([untilHead(ann, hers, 1), untilHead(ann, both, 2)])
    const shownTo = async (viewer: UserId | null) => {
      const { data, errors } = await entities(viewer, messages, 'Message', two.id, secret.id, randomUUID(), one.id)
      expect(errors).toBeUndefined()
      return data?.['_entities']
    }
    expect(await shownTo(ann)).toEqual([two, secret, null, one])
    expect(await shownTo(ben)).toEqual([two, null, null, one])
    expect(await shownTo(newUser())).toEqual([null, null, null, null])
    expect(await shownTo(null)).toEqual([null, null, null, null])
    expect(codeOf(await entities(ann, messages, 'Message', 'mine'))).toBe('INVALID_INPUT')
  })

  describe('the live timeline', () => {
    let socket: SharedSocket

    beforeAll(() => {
      socket = new SharedSocket(service)
    })
    afterAll(() => socket.close())

    it('brings what is after the cursor, then what happens, then a sign of life', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const conversationId = conversationOf(ann, ben)
      const before = [await said(ann, conversationId), await said(ben, conversationId), await said(ann, conversationId)]
      const [anns, bens] = [await socket.follow(ann, conversationId, 1), await socket.follow(ben, conversationId, 3)]
      expect(await anns.frame()).toEqual({ events: before.slice(1), headSeq: 3 })
      expect(await bens.frame()).toEqual({ events: [], headSeq: 3 })
      const live = await Promise.all(upTo(10).map(() => said(ben, conversationId)))
      const ordered = live.toSorted((a, b) => a.seq - b.seq)
      expect(await anns.eventsUntil(13)).toEqual(ordered)
      expect(await bens.eventsUntil(13)).toEqual(ordered)
      expect(await anns.frame()).toEqual({ events: [], headSeq: 13 })
      await Promise.all([anns.end(), bens.end()])
    }, 20_000)

    it('I7: refuses and ends a stream without closing the socket that others share', async () => {
      const [ann, ben] = [newUser(), newUser()]
      const conversationId = conversationOf(ann, ben)
      await said(ann, conversationId)
      const [lasting, short] = [
        await socket.follow(ann, conversationId),
        await socket.follow(ben, conversationId, 0, 2),
      ]
      await Promise.all([lasting.eventsUntil(1), short.eventsUntil(1)])
      const refused = async (viewer: UserId | null, id: ConversationId, after = 0): Promise<Answer> =>
        (await socket.follow(viewer, id, after)).failure()
      expect(codeOf(await refused(newUser(), conversationId))).toBe('NOT_FOUND')
      expect(codeOf(await refused(ann, newConversation()))).toBe('NOT_FOUND')
      expect(codeOf(await refused(ann, conversationId, 2))).toBe('CURSOR_AHEAD')
      expect(codeOf(await refused(ann, conversationId, -1))).toBe('INVALID_INPUT')
      expect(codeOf(await refused(null, conversationId))).toBe('UNAUTHENTICATED')
      expect(codeOf(await short.failure())).toBe('UNAUTHENTICATED')
      expect(await short.next()).toBeUndefined()
      await said(ben, conversationId)
      expect(seqs(await lasting.eventsUntil(2))).toEqual([2])
      expect(socket.closed).toBe(0)
      await lasting.end()
    }, 20_000)
  })

  describe('what the conversation subgraph tells', () => {
    const [ann, ben, cem] = [newUser(), newUser(), newUser()]
    const member = (userId: UserId) => ({ userId, role: 'member' as const })

    /** A conversation as its owner would tell of it, step by step. */
    function told(title: string | null) {
      const conversationId = newConversation()
      let streamVersion = 0
      const origin = () => ({ id: randomUUID(), source: '/subgraphs/test', subject: conversationId, time: new Date() })
      const next = () => ({ conversationId, streamVersion: (streamVersion += 1) })
      const members = [ann, ben].map(member)
      return {
        conversationId,
        started: (): AnyIntegrationEvent =>
          integrationEvent(
            'conversation.started',
            { ...next(), kind: 'group', title, startedBy: ann, members },
            origin(),
          ),
        added: (userId: UserId): AnyIntegrationEvent =>
          integrationEvent('conversation.member-added', { ...next(), ...member(userId), addedBy: ann }, origin()),
        left: (userId: UserId): AnyIntegrationEvent =>
          integrationEvent('conversation.member-left', { ...next(), userId }, origin()),
        renamed: (newTitle: string): AnyIntegrationEvent =>
          integrationEvent('conversation.renamed', { ...next(), title: newTitle, renamedBy: ben }, origin()),
      }
    }
    const untilLogged = (conversationId: ConversationId, seq: number) =>
      eventually(async () => (await service.app.get(TimelineLog).head(conversationId)) === seq)

    it('becomes part of the timeline once, however often it is delivered', async () => {
      const { conversationId, started, added, left, renamed } = told('Three')
      const events = [started(), added(cem), renamed('Four'), left(cem)]
      await service.publish(...events, ...events)
      await service.publish(...events.toReversed(), renamed('Five'))
      // One partition, one order: once the last is there, all are.
      await untilLogged(conversationId, 5)
      const actor = { id: ann }
      expect((await page(ann, conversationId)).events).toMatchObject([
        { __typename: 'ConversationStarted', seq: 1, actor, startedAs: 'Three', at: events[0]?.time },
        { __typename: 'MemberJoined', seq: 2, actor, member: { id: cem } },
        { __typename: 'TitleChanged', seq: 3, actor: { id: ben }, title: 'Four' },
        { __typename: 'MemberLeft', seq: 4, actor: { id: cem }, member: { id: cem } },
        { __typename: 'TitleChanged', seq: 5, title: 'Five' },
      ])
      expect(codeOf(await say(cem, conversationId))).toBe('NOT_FOUND')
    }, 30_000)

    it('starts the reading of whoever joins at the join', async () => {
      const { conversationId, started, added } = told(null)
      await service.publish(started())
      await untilLogged(conversationId, 1)
      for (const author of [ann, ben]) await said(author, conversationId)
      await service.publish(added(cem))
      await untilLogged(conversationId, 4)
      await eventually(async () => (await summaryOf(cem, conversationId)).readSeq === 4)
      await said(ann, conversationId)
      expect(await untilHead(cem, conversationId, 5)).toMatchObject({ readSeq: 4, unreadCount: 1 })
      expect(seqs((await page(cem, conversationId)).events)).toEqual(upTo(5))
      expect(await summaryOf(ben, conversationId)).toMatchObject({ readSeq: 0, unreadCount: 2 })
    }, 30_000)

    it('I7: ends the stream of whoever leaves with the leaving', async () => {
      const { conversationId, started, left } = told('Two')
      await service.publish(started())
      await untilLogged(conversationId, 1)
      const socket = new SharedSocket(service)
      const [anns, bens] = [await socket.follow(ann, conversationId), await socket.follow(ben, conversationId)]
      await Promise.all([anns.eventsUntil(1), bens.eventsUntil(1)])
      await service.publish(left(ben))
      expect(await bens.eventsUntil(2)).toMatchObject([{ __typename: 'MemberLeft', member: { id: ben } }])
      expect(await bens.next()).toBeUndefined()
      await said(ann, conversationId)
      expect(seqs(await anns.eventsUntil(3))).toEqual([2, 3])
      await socket.close()
    }, 30_000)
  })
})
