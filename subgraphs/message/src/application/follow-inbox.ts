import { Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { isIn } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { type LiveSource, type LiveStream, LiveStreams } from '@parley/platform/live/live-stream'
import { withPatience } from '@parley/platform/live/with-patience'
import { Channels } from '@parley/platform/redis/channels'
import { type InboxEntry, InboxView } from '../domain/inbox-view'
import { muteAt, unmuted } from '../domain/mute'
import { unread } from '../domain/read-state'
import type { ThreadEntry } from '../domain/threads-view'
import { formerMemberIn, notBegun, type TimelineEvent } from '../domain/timeline-event'
import { type InboxHint, liveChannels } from './channels'
import { type ConversationHead, ConversationHeads } from './conversation-heads'
import { FollowedThreads } from './followed-threads'
import { Inbox } from './inbox'
import { AllMentionMarks } from './mention-marks'
import { Threads } from './threads'
import { type Listening, TimelineFeeds } from './timeline-feeds'

/** The changes since the previous frame. */
export interface InboxFrame {
  readonly cursor: string
  /** Of muted conversations the mentions. */
  readonly unread: number
  readonly mentions: number
  readonly entries: readonly InboxEntry[]
  readonly gone: readonly ConversationId[]
  /** The changed threads among those that the user follows. */
  readonly threads: readonly ThreadEntry[]
  /** How many of all of these have something unread. */
  readonly unreadThreads: number
  /** More changed than `entries` and `threads` have. */
  readonly isCut: boolean
  /** The bookmarks of the user have changed. */
  readonly bookmarksChanged: boolean
}

export interface InboxRequest {
  readonly userId: UserId
  /** The cursor of a frame; null for changes from now on. */
  readonly after: string | null
  /** Seconds since the epoch; the stream does not outlive the token that opened it. */
  readonly expiresAt: number
}

const heartbeatMs = 30_000
/** Changes within this time are combined into one frame. */
const pauseMs = 100
const maxEntries = 100
/** The largest difference between the clocks of two processes: changes shortly before a cursor are sent again. */
const clockSkewMs = 10_000

/** Opens the live inbox of a user: one light stream for all of their conversations. */
@Injectable()
export class FollowInbox {
  constructor(
    private readonly memberships: MembershipReplica,
    private readonly heads: ConversationHeads,
    private readonly inbox: Inbox,
    private readonly marks: AllMentionMarks,
    private readonly threads: Threads,
    private readonly feeds: TimelineFeeds,
    private readonly channels: Channels,
    private readonly streams: LiveStreams,
  ) {}

  async open({ userId, after, expiresAt }: InboxRequest): Promise<LiveStream<InboxFrame>> {
    const since = after === null ? null : timeOf(after)
    const { memberships, heads, inbox, marks, threads, feeds, channels } = this
    const source = new InboxSource(userId, { memberships, heads, inbox, marks, threads, feeds, channels })
    // It sends the viewer's own conversations only, and follows their joinings and leavings.
    const assertAllowed = () => Promise.resolve()
    return this.streams.begin(source, { heartbeatMs, expiresAt, pauseMs, assertAllowed }, () => source.start(since))
  }
}

/** What an inbox is read from. */
interface Stores {
  readonly memberships: MembershipReplica
  readonly heads: ConversationHeads
  readonly inbox: Inbox
  readonly marks: AllMentionMarks
  readonly threads: Threads
  readonly feeds: TimelineFeeds
  readonly channels: Channels
}

/** What one stream knows of its user's inbox, and which changes it has not sent yet. */
class InboxSource implements LiveSource<InboxFrame> {
  readonly isOver = false
  readonly #view: InboxView
  readonly #threads: FollowedThreads
  readonly #changed = new Set<ConversationId>()
  /** To be read again: it changed for this user only. */
  readonly #stale = new Set<ConversationId>()
  readonly #gone = new Set<ConversationId>()
  #bookmarksChanged = false
  readonly #feeds = new Map<ConversationId, Listening>()
  #wake: () => void = () => undefined
  #unsubscribe: () => void = () => undefined
  #unwatch: () => void = () => undefined
  /** Hints of before this time have arrived. */
  #sureAt = new Date()
  /** Hints may have been lost since then. */
  #mayLack = false
  /** When it looks once more, for a sender may have found the channels again later than this process. */
  #looksAgainAt = Infinity
  /** Wakes the stream when a mute ends. */
  #muteEnd: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(
    private readonly userId: UserId,
    private readonly stores: Stores,
  ) {
    this.#view = new InboxView(userId)
    this.#threads = new FollowedThreads(userId, stores.threads)
  }

  open(wake: () => void): void {
    this.#wake = wake
  }

  /** Subscribes first and reads then: an event in between is in one of the two. */
  async start(since: Date | null): Promise<void> {
    this.#unwatch = this.stores.channels.onGap(() => this.#onGap())
    const subscribed = this.stores.channels
      .subscribe(liveChannels.inbox, this.userId, (hint) => this.#notice(hint))
      .then((unsubscribe) => {
        this.#unsubscribe = unsubscribe
        if (this.#closed) unsubscribe()
      })
    await withPatience(subscribed)
    const ids = (await this.stores.memberships.conversationsOf(this.userId)) as readonly ConversationId[]
    const heads = await this.#enter(ids)
    const from = since === null ? null : new Date(since.getTime() - clockSkewMs)
    await this.#threads.load(ids, from)
    if (from === null) return
    for (const [id, { changedAt }] of heads) if (changedAt >= from) this.#changed.add(id)
    for (const id of await this.stores.inbox.changedSince(this.userId, from)) {
      if (this.#view.has(id)) this.#changed.add(id)
      else this.#gone.add(id)
    }
  }

  async take(): Promise<InboxFrame | null> {
    this.#noteSure()
    if (Date.now() >= this.#looksAgainAt) {
      this.#looksAgainAt = Infinity
      this.#mayLack = true
    }
    if (this.#mayLack) await this.#findMissed()
    if (this.#stale.size > 0) await this.#readStale()
    await this.#threads.settle()
    this.#endMutes()
    const isChanged =
      this.#changed.size > 0 || this.#gone.size > 0 || this.#threads.hasChanges || this.#bookmarksChanged
    return isChanged ? this.#frame() : null
  }

  /** Nothing was to be taken. */
  heartbeat(): Promise<InboxFrame> {
    return Promise.resolve(this.#frame())
  }

  close(): void {
    this.#closed = true
    this.#unwatch()
    this.#unsubscribe()
    clearTimeout(this.#muteEnd)
    for (const { stop } of this.#feeds.values()) stop()
    this.#feeds.clear()
  }

  /** A mute ends by its time alone, so this only looks again when the next one does. */
  #endMutes(): void {
    for (const id of this.#view.endMutes(new Date())) this.#changed.add(id)
    clearTimeout(this.#muteEnd)
    const next = this.#view.nextMuteEnd
    const wait = next === null ? Infinity : next.getTime() - Date.now()
    // One that ends later is found by a heartbeat.
    if (wait <= heartbeatMs && !this.#closed) this.#muteEnd = setTimeout(() => this.#wake(), Math.max(0, wait))
  }

  #frame(): InboxFrame {
    const ids = [...this.#changed]
    const gone = [...this.#gone]
    const bookmarksChanged = this.#bookmarksChanged
    this.#changed.clear()
    this.#gone.clear()
    const { isCut, ...threads } = this.#threads.take(maxEntries)
    this.#bookmarksChanged = false
    return {
      cursor: cursorOf(new Date()),
      unread: this.#view.unread,
      mentions: this.#view.mentions,
      entries: ids.slice(0, maxEntries).flatMap((id) => this.#view.entry(id) ?? []),
      gone,
      ...threads,
      isCut: isCut || ids.length > maxEntries,
      bookmarksChanged,
    }
  }

  #notice(hint: InboxHint): void {
    if (typeof hint === 'string') this.#stale.add(hint)
    else this.#bookmarksChanged = true
    this.#wake()
  }

  #onGap(): void {
    this.#mayLack = true
    this.#looksAgainAt = Date.now() + heartbeatMs
    this.#bookmarksChanged = true
    this.#wake()
  }

  /** An interruption is noticed within less than the skew of clocks that is allowed for. */
  #noteSure(): void {
    if (!this.stores.channels.isMute && !this.#mayLack && this.#looksAgainAt === Infinity) this.#sureAt = new Date()
  }

  /** What the user's other devices did is told by hints alone; events have their own way back (TimelineFeeds). */
  async #findMissed(): Promise<void> {
    this.#mayLack = false
    const since = new Date(this.#sureAt.getTime() - clockSkewMs)
    for (const id of await this.stores.inbox.changedSince(this.userId, since)) this.#stale.add(id)
    await this.#threads.load([...this.#feeds.keys()], since)
  }

  async #enter(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    // An event that arrives meanwhile may be ahead of the projection of heads.
    for (const id of ids) this.#view.put(id, notBegun, unread)
    await withPatience(Promise.all(ids.flatMap((id) => this.#listen(id)?.ready ?? [])))
    // In this order: own lines and mentions are stored before the heads that count them.
    const heads = await this.stores.heads.load(ids)
    const [states, marks] = await Promise.all([
      this.stores.inbox.readStates(this.userId, ids),
      this.stores.marks.of(this.userId, ids),
    ])
    for (const id of ids) {
      const listening = this.#feeds.get(id)
      // Left again meanwhile.
      if (listening === undefined) continue
      const head = heads.get(id) ?? notBegun
      const { mute = unmuted, ...state } = states.get(id) ?? { ...unread, mute: unmuted }
      // One that has ended is no news.
      this.#view.put(id, head, { ...state, mute: muteAt(mute, new Date()) }, marks.get(id))
      listening.begin(head.seq)
    }
    return heads
  }

  #listen(id: ConversationId): Listening | undefined {
    if (this.#closed || this.#feeds.has(id)) return this.#feeds.get(id)
    const listening = this.stores.feeds.listen(id, { push: (event) => this.#hear(event) })
    this.#feeds.set(id, listening)
    return listening
  }

  #hear(event: TimelineEvent): void {
    if (formerMemberIn(event) === this.userId) this.#leave(event.conversationId)
    else {
      const changesThread = this.#threads.hear(event)
      const isNew = this.#view.take(event)
      if (isNew) this.#changed.add(event.conversationId)
      if (!isNew && !changesThread) return
    }
    this.#wake()
  }

  async #readStale(): Promise<void> {
    const ids = [...this.#stale]
    this.#stale.clear()
    // Not from the cache: the sender of the hint has stored the members before.
    const memberships = await Promise.all(ids.map((id) => this.stores.memberships.current(id)))
    const isEntered = memberships.map((membership) => isIn(membership, this.userId))
    const entered = ids.filter((_, index) => isEntered[index])
    for (const id of ids.filter((_, index) => isEntered[index] === false)) this.#leave(id)
    const joined = entered.filter((id) => !this.#feeds.has(id))
    await this.#enter(entered)
    await this.#threads.load(joined, null)
    for (const id of entered) {
      this.#changed.add(id)
      this.#threads.markStale(id)
    }
  }

  #leave(id: ConversationId): void {
    this.#feeds.get(id)?.stop()
    this.#feeds.delete(id)
    this.#view.remove(id)
    this.#threads.leave(id)
    this.#changed.delete(id)
    this.#gone.add(id)
  }
}

const cursorOf = (at: Date): string => at.getTime().toString(36)

function timeOf(cursor: string): Date {
  const at = /^[0-9a-z]{1,10}$/.test(cursor) ? new Date(Number.parseInt(cursor, 36)) : new Date(NaN)
  if (Number.isNaN(at.getTime()))
    throw new DomainError('input', 'INVALID_INPUT', 'This is no cursor of an inbox. Begin without one.')
  return at
}
