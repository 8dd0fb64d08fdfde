import { randomUUID } from 'node:crypto'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { ConversationOwner } from '@parley/memberships/conversation-owner'
import type { Membership } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { MembershipStore } from '@parley/memberships/membership-store'
import { LiveStreams } from '@parley/platform/live/live-stream'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { evolve, type Message, messagesAfter } from '../domain/message'
import type { TimelineEntry } from '../domain/timeline-event'
import { editOf, entry, mentionsOf, replyTo } from '../testing/entries'
import { MemoryMentionMarks } from '../testing/memory-mention-marks'
import { MemoryInbox } from '../testing/memory-inbox'
import { MemoryThreads } from '../testing/memory-threads'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { bookmarksChanged, liveChannels } from './channels'
import { type ConversationHead, ConversationHeads } from './conversation-heads'
import { FollowInbox, type InboxFrame } from './follow-inbox'
import { TimelineFeeds } from './timeline-feeds'

let me = newUser()
const ann = newUser()

class Heads extends ConversationHeads {
  readonly changedAt = new Map<ConversationId, Date>()

  constructor(private readonly log: MemoryTimelineLog) {
    super()
  }

  async load(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    const heads = ids.map(async (id): Promise<[ConversationId, ConversationHead]> => {
      const changedAt = this.changedAt.get(id) ?? new Date(0)
      return [
        id,
        { ...(await this.log.head(id)), detailsSeq: 0, lastMessageId: null, pinnedCount: 0, foldedSeq: 0, changedAt },
      ]
    })
    return new Map(await Promise.all(heads))
  }
}

class Store extends MembershipStore {
  readonly rows = new Map<string, readonly UserId[]>()

  load(conversationId: string): Promise<Membership | null> {
    const members = this.rows.get(conversationId)?.map((userId) => ({ userId, role: 'member' as const }))
    return Promise.resolve(members === undefined ? null : { conversationId, version: 1, members })
  }
  save(): Promise<void> {
    return Promise.resolve()
  }
  conversationsOf(userId: string): Promise<readonly string[]> {
    return Promise.resolve([...this.rows].flatMap(([id, members]) => (members.includes(userId as UserId) ? [id] : [])))
  }
}

class NoOwner extends ConversationOwner {
  describe(): Promise<null> {
    return Promise.resolve(null)
  }
}

describe('a live inbox', () => {
  const log = new MemoryTimelineLog()
  const inbox = new MemoryInbox()
  const channels = new MemoryChannels()
  const heads = new Heads(log)
  const store = new Store()
  const feeds = new TimelineFeeds(log, channels, heads)
  const streams = new LiveStreams()
  const memberships = new MembershipReplica(store, new NoOwner())
  const threads = new MemoryThreads(log)
  const follow = new FollowInbox(
    memberships,
    heads,
    inbox,
    new MemoryMentionMarks(log),
    threads,
    feeds,
    channels,
    streams,
  )
  const expiresAt = Date.now() / 1_000 + 3_600

  const start = (members = [me, ann]): ConversationId => {
    const id = newConversation()
    store.rows.set(id, members)
    return id
  }
  const write = async (conversationId: ConversationId, actorId: UserId, fact?: Partial<TimelineEntry>) => {
    const event = await log.append({ ...entry(), ...fact, conversationId, actorId } as TimelineEntry)
    heads.changedAt.set(conversationId, new Date())
    await channels.publish(liveChannels.timeline, conversationId, event)
    return event
  }
  const open = async (after: string | null = null) => {
    const stream = await follow.open({ userId: me, after, expiresAt })
    const next = async (): Promise<InboxFrame> => {
      const { value } = await stream.next()
      if (value === undefined) throw new Error('The stream has ended')
      return value
    }
    return { first: await next(), next }
  }

  /** Timers go on as they are. */
  const laterBy = (ms: number) => {
    const others = ['setTimeout', 'clearTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'] as const
    jest.useFakeTimers({ now: Date.now() + ms, doNotFake: [...others] })
  }
  afterEach(() => jest.useRealTimers())

  beforeEach(() => {
    me = newUser()
    store.rows.clear()
  })
  afterEach(() => streams.onModuleDestroy())

  it('sends the total of unread lines first, without entries', async () => {
    const [one, other] = [start(), start()]
    for (const id of [one, one, other]) await write(id, ann)
    await write(one, me)
    const { first } = await open()
    // The projection folds in own lines, and this log has none.
    expect(first).toMatchObject({ unread: 4, entries: [], gone: [], isCut: false })
  })

  it('says once that the bookmarks have changed on another device, without entries', async () => {
    const id = start()
    const { next } = await open()
    await channels.publish(liveChannels.inbox, me, bookmarksChanged)
    await channels.publish(liveChannels.inbox, me, bookmarksChanged)
    expect(await next()).toMatchObject({ entries: [], bookmarksChanged: true })
    await write(id, ann)
    expect(await next()).toMatchObject({ entries: [{ conversationId: id }], bookmarksChanged: false })
  })

  it('says that a conversation is muted on another device, and counts it again when that ends', async () => {
    const id = start()
    await write(id, ann)
    const { first, next } = await open()
    expect(first).toMatchObject({ unread: 1 })
    const mute = async (until: Date) => {
      await inbox.setMute(me, id, { isMuted: true, until })
      await channels.publish(liveChannels.inbox, me, id)
    }
    await mute(new Date(Date.now() + 3_600_000))
    expect(await next()).toMatchObject({ unread: 0, entries: [{ unread: 1, mute: { isMuted: true, revision: 1 } }] })
    await mute(new Date(Date.now() + 2_000))
    expect(await next()).toMatchObject({ unread: 0, entries: [{ mute: { isMuted: true, revision: 2 } }] })
    // Nothing is said but by the clock.
    expect(await next()).toMatchObject({ unread: 1, entries: [{ mute: { isMuted: false, until: null } }] })
  })

  it('tells a device that comes back of what was muted meanwhile', async () => {
    const id = start()
    const { first } = await open()
    await inbox.setMute(me, id, { isMuted: true, until: null })
    const again = await open(first.cursor)
    expect(again.first).toMatchObject({ entries: [{ conversationId: id, mute: { isMuted: true, until: null } }] })
  })

  it('has no news of a mute that ended long ago', async () => {
    const id = start()
    await inbox.setMute(me, id, { isMuted: true, until: new Date(0) })
    expect((await open()).first).toMatchObject({ entries: [] })
  })

  it('I6: counts the mentions of its user that are unread, live', async () => {
    const id = start()
    const mentions = mentionsOf([me])
    const sent = await write(id, ann, entry({ mentions }))
    const { first, next } = await open()
    expect(first).toMatchObject({ mentions: 1 })
    const message = evolve(null, sent) as Message
    await write(id, ann, editOf(message, 'Nobody'))
    expect(await next()).toMatchObject({ mentions: 0, entries: [{ mentions: 0, unread: 1 }] })
    await write(id, ann, editOf({ ...message, mentions: null }, 'Again', mentions))
    expect(await next()).toMatchObject({ mentions: 1, entries: [{ mentions: 1, unread: 1 }] })
    await inbox.markRead(me, id, 1)
    await channels.publish(liveChannels.inbox, me, id)
    expect(await next()).toMatchObject({ mentions: 0, entries: [{ mentions: 0, unread: 0 }] })
  })

  it('sends changed conversations in their current state', async () => {
    const id = start()
    const { next } = await open()
    await write(id, ann, { data: { messageId: randomUUID() as MessageId, text: 'Hi' } })
    const frame = await next()
    expect(frame.unread).toBe(1)
    expect(frame.entries).toMatchObject([{ conversationId: id, seq: 1, unread: 1, lastMessage: { text: 'Hi' } }])
    await write(id, me)
    expect((await next()).entries).toMatchObject([{ seq: 2, unread: 1 }])
  })

  it('receives a read position of another device', async () => {
    const id = start()
    await write(id, ann)
    const { next } = await open()
    await inbox.markRead(me, id, 1)
    await channels.publish(liveChannels.inbox, me, id)
    expect(await next()).toMatchObject({ unread: 0, entries: [{ conversationId: id, readLine: 1, unread: 0 }] })
  })

  it('I6: finds what another device did while no hints arrived', async () => {
    const [id, other] = [start(), start()]
    for (const one of [id, other]) await write(one, ann)
    const { first, next } = await open()
    expect(first).toMatchObject({ unread: 2 })
    channels.isMute = true
    await inbox.markRead(me, id, 1)
    await channels.publish(liveChannels.inbox, me, id)
    channels.recover()
    const frame = await next()
    expect(frame).toMatchObject({ unread: 1, bookmarksChanged: true })
    expect(frame.entries).toMatchObject([{ conversationId: id, readLine: 1, unread: 0 }])
  })

  it('I6: looks once more half a minute later, for a sender that found the channels later, also while much happens', async () => {
    const [id, other] = [start(), start()]
    for (const one of [id, other]) await write(one, ann)
    const { next } = await open()
    channels.isMute = true
    channels.recover()
    await next()
    await inbox.markRead(me, other, 1)
    const { entries } = await write(id, ann).then(next)
    expect(entries).toMatchObject([{ conversationId: id, seq: 2 }])
    laterBy(30_000)
    const later = await write(id, ann).then(next)
    expect(new Set(later.entries.map(({ conversationId }) => conversationId))).toEqual(new Set([id, other]))
  })

  it('looks back no further than to when it was sure of all hints, however long it has been busy', async () => {
    const id = start()
    const { next } = await open()
    laterBy(600_000)
    await write(id, ann).then(next)
    const changedSince = jest.spyOn(inbox, 'changedSince')
    channels.isMute = true
    channels.recover()
    await next()
    const [call] = changedSince.mock.calls
    changedSince.mockRestore()
    expect(Date.now() - (call?.[1].getTime() ?? 0)).toBeLessThan(15_000)
  })

  it('adds a conversation that the user joins, and removes one that they leave', async () => {
    const { next } = await open()
    const id = start()
    await write(id, ann)
    await channels.publish(liveChannels.inbox, me, id)
    expect((await next()).entries).toMatchObject([{ conversationId: id, unread: 1 }])
    store.rows.set(id, [ann])
    await write(id, me, { type: 'MemberLeft', data: { memberId: me } } as never)
    expect(await next()).toMatchObject({ unread: 0, entries: [], gone: [id] })
    await channels.publish(liveChannels.inbox, me, id)
    expect(await next()).toMatchObject({ entries: [], gone: [id] })
  })

  const rootOf = async (id: ConversationId) =>
    messagesAfter(await log.readAfter(id, 0, 100))
      .values()
      .next().value as Message

  it('brings the threads that the user follows, with what is unread in them, and nothing of others', async () => {
    const id = start()
    await write(id, me)
    const [mine, other] = [await rootOf(id), start()]
    await write(other, ann)
    const { next } = await open()
    await write(id, ann, replyTo(mine, { actorId: ann }))
    const thread = { rootId: mine.id, conversationId: id, lines: 1, readLine: 0, unread: 1 }
    // Only in the thread: in the conversations the two lines are unread, of which this inbox has no own ones.
    expect(await next()).toMatchObject({ unread: 2, unreadThreads: 1, threads: [thread], entries: [{ unread: 1 }] })
    await write(other, ann, replyTo(await rootOf(other), { actorId: ann }))
    expect(await next()).toMatchObject({ unreadThreads: 1, threads: [] })
    await write(other, me, replyTo(await rootOf(other), { actorId: me }))
    expect(await next()).toMatchObject({ unreadThreads: 2, threads: [{ conversationId: other, lines: 2, unread: 1 }] })
    await threads.markRead(me, mine, 1)
    await channels.publish(liveChannels.inbox, me, id)
    expect(await next()).toMatchObject({ unreadThreads: 1, threads: [{ rootId: mine.id, readLine: 1, unread: 0 }] })
    await write(other, me, { type: 'MemberLeft', data: { memberId: me } } as never)
    expect(await next()).toMatchObject({ unreadThreads: 0, threads: [], gone: [other] })
  })

  it('brings the threads that have changed since a cursor', async () => {
    const id = start()
    await write(id, me)
    const mine = await rootOf(id)
    const { first } = await open()
    await write(id, ann, replyTo(mine, { actorId: ann }))
    expect((await open(first.cursor)).first).toMatchObject({ unreadThreads: 1, threads: [{ rootId: mine.id }] })
    expect((await open()).first).toMatchObject({ unreadThreads: 1, threads: [] })
  })

  it('sends the changes after a cursor, and the conversations that are gone', async () => {
    const [quiet, busy, left] = [start(), start(), start()]
    await write(quiet, ann)
    heads.changedAt.set(quiet, new Date(0))
    const { first } = await open()
    await write(busy, ann)
    store.rows.set(left, [ann])
    await inbox.markRead(me, left, 0)
    const again = await open(first.cursor)
    expect(again.first.entries.map(({ conversationId }) => conversationId)).toEqual([busy])
    expect(again.first.gone).toEqual([left])
  })

  it('reports when more has changed than it lists', async () => {
    for (let count = 0; count < 101; count += 1) await write(start(), ann)
    const { first } = await open(new Date(0).getTime().toString(36))
    expect(first.entries).toHaveLength(100)
    expect(first.isCut).toBe(true)
  })

  it('refuses an invalid cursor', async () => {
    await expect(open('über')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})
