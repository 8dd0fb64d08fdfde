import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { withPatience } from '@parley/platform/live/with-patience'
import { Channels } from '@parley/platform/redis/channels'
import type { TimelineEvent } from '../domain/timeline-event'
import { liveChannels } from './channels'
import { ConversationHeads } from './conversation-heads'
import { Follower, type FollowerOptions } from './follower'
import { TimelineLog } from './timeline-log'

/**
 * The sweep: every second at most `width` conversations, each at most once in `everyMs`. So its cost per second does
 * not grow with the number of feeds; only the wait for a turn does.
 */
const sweepMs = 1_000
/** While hints arrive: a lost hint without a later one is detected within max(10 s, n/100 s). */
const slowSweep = { width: 100, everyMs: 10_000 }
/** While Redis is mute, which is detected within 4 s: streams continue within max(1 s, n/500 s) of an event. */
const muteSweep = { width: 500, everyMs: 0 }
const page = 100

/** Receives every event of a conversation from now on, in order, once. */
export interface Listener {
  push(event: TimelineEvent): void
}

export interface Listening {
  /** Resolves once hints arrive. */
  readonly ready: Promise<unknown>
  /** Delivers every event after `headSeq`, up to which the listener knows all events. */
  readonly begin: (headSeq: number) => void
  readonly stop: () => void
}

/** What this process knows of one conversation with subscribers here. */
class Feed {
  readonly listeners = new Set<Listener>()
  /** The highest seq that this process knows. */
  headSeq = 0
  /** All events up to here were delivered to the subscribers; null until the first of them begins. */
  toldSeq: number | null = null
  /** The pending read of the log for events without a hint. */
  filling: Promise<void> | null = null
  unsubscribe: Promise<() => void> = Promise.resolve(() => undefined)

  tell(event: TimelineEvent): void {
    if (this.toldSeq === null || event.seq !== this.toldSeq + 1) return
    this.toldSeq = event.seq
    this.headSeq = Math.max(this.headSeq, event.seq)
    for (const listener of this.listeners) listener.push(event)
  }
}

/**
 * One subscription to hints for each conversation, shared by all its subscribers in this process. A lost hint is
 * detected by the next one (a gap in seq, read from the log once for all subscribers), by a gap in Redis (every feed
 * catches up at once), and by the sweep.
 */
@Injectable()
export class TimelineFeeds implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(TimelineFeeds.name)
  readonly #feeds = new Map<ConversationId, Feed>()
  #sweeper: NodeJS.Timeout | undefined
  #stopWatching: () => void = () => undefined
  #looking: Promise<void> | null = null
  #catchUpAgain = false
  /** The conversations that are due in the coming sweeps; refilled when all had their turn. */
  #turns: ConversationId[] = []
  #turnsFilledAt = -Infinity

  constructor(
    private readonly log: TimelineLog,
    private readonly channels: Channels,
    private readonly heads: ConversationHeads,
  ) {}

  onApplicationBootstrap(): void {
    this.#sweeper = setInterval(() => void this.sweep(), sweepMs)
    this.#stopWatching = this.channels.onGap(() => void this.catchUp())
  }

  onModuleDestroy(): void {
    clearInterval(this.#sweeper)
    this.#stopWatching()
  }

  /** Closing the follower ends it. */
  async follow(
    conversationId: ConversationId,
    options: Pick<FollowerOptions, 'after' | 'viewerId' | 'pace'> & { readonly headSeq: number },
  ): Promise<Follower> {
    const feed = this.#feeds.get(conversationId) ?? this.#open(conversationId)
    const follower: Follower = new Follower({
      ...options,
      read: (after, limit) => this.log.readAfter(conversationId, after, limit),
      knownHead: () => feed.headSeq,
      onClose: () => this.#leave(conversationId, feed, follower),
    })
    // Added before hints arrive, and reading only after: an event in between is in one of the two.
    feed.listeners.add(follower)
    // It reads up to here by itself.
    this.#begin(conversationId, feed, options.headSeq)
    await withPatience(feed.unsubscribe)
    return follower
  }

  /** Delivers events after `begin`, or at once if others follow the conversation already. */
  listen(conversationId: ConversationId, listener: Listener): Listening {
    const feed = this.#feeds.get(conversationId) ?? this.#open(conversationId)
    feed.listeners.add(listener)
    return {
      ready: feed.unsubscribe,
      begin: (headSeq) => {
        this.#begin(conversationId, feed, headSeq)
        void this.#tellMissed(conversationId, feed, headSeq, listener)
      },
      stop: () => this.#leave(conversationId, feed, listener),
    }
  }

  /** Checks the conversations that are due. Public for tests, which do not wait for the timer. */
  async sweep(): Promise<void> {
    if (this.#looking !== null || this.#feeds.size === 0) return
    const { width, everyMs } = this.channels.isMute ? muteSweep : slowSweep
    if (this.#turns.length === 0) {
      if (performance.now() - this.#turnsFilledAt < everyMs) return
      this.#turns = [...this.#feeds.keys()]
      this.#turnsFilledAt = performance.now()
    }
    await this.#lookOnce(() => this.#look(this.#turns.splice(0, width)))
  }

  /** Checks all of them, and once more when it is requested meanwhile. */
  async catchUp(): Promise<void> {
    this.#catchUpAgain = true
    await this.#looking
    // Another waiting call may have done it.
    if (this.#takeCatchUp()) await this.#lookOnce(() => this.#lookAtAll())
  }

  async #lookAtAll(): Promise<void> {
    do {
      const ids = [...this.#feeds.keys()]
      while (ids.length > 0) await this.#look(ids.splice(0, muteSweep.width))
    } while (this.#takeCatchUp())
  }

  #takeCatchUp(): boolean {
    const again = this.#catchUpAgain
    this.#catchUpAgain = false
    return again
  }

  async #lookOnce(look: () => Promise<void>): Promise<void> {
    this.#looking = look().finally(() => (this.#looking = null))
    await this.#looking
  }

  async #look(conversationIds: readonly ConversationId[]): Promise<void> {
    try {
      const heads = await this.heads.load(conversationIds)
      for (const [conversationId, { seq: headSeq }] of heads) {
        const feed = this.#feeds.get(conversationId)
        if (feed !== undefined) await this.#reach(conversationId, feed, headSeq)
      }
    } catch (error) {
      this.#logger.warn({ err: error }, 'Followed conversations could not be looked at; the next sweep follows')
    }
  }

  /** Delivers all events up to `seq` from the log. Never rejects: a gap is detected again later. */
  async #reach(conversationId: ConversationId, feed: Feed, seq: number): Promise<void> {
    feed.headSeq = Math.max(feed.headSeq, seq)
    if (feed.toldSeq === null || feed.toldSeq >= feed.headSeq) return
    feed.filling ??= this.#fill(conversationId, feed)
      .catch((error: unknown) => this.#logger.warn({ err: error, conversationId }, 'A hole in the hints stays for now'))
      .finally(() => (feed.filling = null))
    await feed.filling
  }

  async #fill(conversationId: ConversationId, feed: Feed): Promise<void> {
    while (feed.toldSeq !== null && feed.toldSeq < feed.headSeq && feed.listeners.size > 0) {
      const events = await this.log.readAfter(conversationId, feed.toldSeq, page)
      if (events.length === 0) return
      for (const event of events) feed.tell(event)
    }
  }

  /** A feed that has begun continues where it is. */
  #begin(conversationId: ConversationId, feed: Feed, headSeq: number): void {
    feed.toldSeq ??= headSeq
    void this.#reach(conversationId, feed, headSeq)
  }

  /** A listener that joins with a head that is behind what the others were told. */
  async #tellMissed(id: ConversationId, { toldSeq }: Feed, headSeq: number, listener: Listener): Promise<void> {
    if (toldSeq === null || headSeq >= toldSeq) return
    try {
      const missed = await this.log.readAfter(id, headSeq, Math.min(page, toldSeq - headSeq))
      for (const event of missed) listener.push(event)
    } catch (error) {
      this.#logger.warn({ err: error, conversationId: id }, 'A listener begins with the next event')
    }
  }

  #open(conversationId: ConversationId): Feed {
    const feed = new Feed()
    this.#feeds.set(conversationId, feed)
    feed.unsubscribe = this.channels.subscribe(liveChannels.timeline, conversationId, (hinted) => {
      const events = [hinted].flat()
      if (feed.filling === null) for (const event of events) feed.tell(event)
      void this.#reach(conversationId, feed, Math.max(0, ...events.map(({ seq }) => seq)))
    })
    return feed
  }

  #leave(conversationId: ConversationId, feed: Feed, listener: Listener): void {
    feed.listeners.delete(listener)
    if (feed.listeners.size > 0 || this.#feeds.get(conversationId) !== feed) return
    this.#feeds.delete(conversationId)
    void feed.unsubscribe.then((unsubscribe) => unsubscribe())
  }
}
