import { setTimeout as delay } from 'node:timers/promises'
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import type { TimelineEvent } from '../domain/timeline-event'
import { liveChannels } from './channels'
import { ConversationHeads } from './conversation-heads'
import { Follower, type FollowerOptions } from './follower'
import { TimelineLog } from './timeline-log'

/**
 * The sweep: every second at most `width` conversations, each at most once in `everyMs`. So its cost a second does not grow with
 * how many are followed; only how long each waits for its turn does.
 */
const sweepMs = 1_000
/** While hints arrive: a hint that was lost alone, with no other after it, is found within max(10 s, n/100 s). */
const slowSweep = { width: 100, everyMs: 10_000 }
/** While Redis is mute, which is noticed within 4 s: streams go on within max(1 s, n/500 s) of an event. */
const muteSweep = { width: 500, everyMs: 0 }
const page = 100
/** While Redis is away a subscription neither begins nor fails; a stream begins all the same, carried by the sweep. */
const patienceMs = 1_000

export const withPatience = (subscribed: Promise<unknown>): Promise<unknown> =>
  Promise.race([subscribed, delay(patienceMs, undefined, { ref: false })])

/** Given every event of a conversation from now on, in order, once. */
export interface Listener {
  push(event: TimelineEvent): void
}

export interface Listening {
  /** Resolves once hints arrive. */
  readonly ready: Promise<unknown>
  readonly stop: () => void
}

/** All that this process knows of one conversation that is followed here. */
class Feed {
  readonly listeners = new Set<Listener>()
  /** The highest seq that this process has heard of. */
  headSeq = 0
  /** The followers have been given everything up to here. */
  toldSeq = 0
  /** The log is being read for what no hint has told. */
  filling: Promise<void> | null = null
  unsubscribe: Promise<() => void> = Promise.resolve(() => undefined)

  tell(event: TimelineEvent): void {
    if (event.seq !== this.toldSeq + 1) return
    this.toldSeq = event.seq
    this.headSeq = Math.max(this.headSeq, event.seq)
    for (const listener of this.listeners) listener.push(event)
  }
}

/**
 * One subscription to hints for each conversation that is followed here, however many follow it; the hints are handed to all of
 * them. A lost hint is found by the next one (a hole in seq, read from the log once for all followers), by a gap in what Redis
 * delivers (every feed catches up at once), and by the sweep.
 */
@Injectable()
export class TimelineFeeds implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(TimelineFeeds.name)
  readonly #feeds = new Map<ConversationId, Feed>()
  #sweeper: NodeJS.Timeout | undefined
  #stopWatching: () => void = () => undefined
  #looking: Promise<void> | null = null
  #catchUpAgain = false
  /** Whose turn it is in the coming sweeps; filled again when all have had theirs. */
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
    options: Pick<FollowerOptions, 'after' | 'isLast' | 'pace'> & { readonly headSeq: number },
  ): Promise<Follower> {
    const feed = this.#feeds.get(conversationId) ?? this.#open(conversationId, options.headSeq)
    const follower: Follower = new Follower({
      ...options,
      read: (after, limit) => this.log.readAfter(conversationId, after, limit),
      knownHead: () => feed.headSeq,
      onClose: () => this.#leave(conversationId, feed, follower),
    })
    // Among the followers before the hints flow, and reading only after: what is appended in between is in one of the two.
    feed.listeners.add(follower)
    void this.#reach(conversationId, feed, options.headSeq)
    await withPatience(feed.unsubscribe)
    return follower
  }

  /** Hands on every event after `headSeq`, where the listener says that it has heard of everything before. */
  listen(conversationId: ConversationId, headSeq: number, listener: Listener): Listening {
    const feed = this.#feeds.get(conversationId) ?? this.#open(conversationId, headSeq)
    feed.listeners.add(listener)
    return { ready: feed.unsubscribe, stop: () => this.#leave(conversationId, feed, listener) }
  }

  /** Looks at those whose turn it is. Public for tests, which do not wait for the timer. */
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

  /** Looks at all of them, and once more when it is asked to meanwhile. */
  async catchUp(): Promise<void> {
    this.#catchUpAgain = true
    await this.#looking
    // Another that waited may have done it.
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

  /** Gives the followers everything up to `seq`, from the log. Never rejects: who is left behind is found again. */
  async #reach(conversationId: ConversationId, feed: Feed, seq: number): Promise<void> {
    feed.headSeq = Math.max(feed.headSeq, seq)
    if (feed.toldSeq >= feed.headSeq) return
    feed.filling ??= this.#fill(conversationId, feed)
      .catch((error: unknown) => this.#logger.warn({ err: error, conversationId }, 'A hole in the hints stays for now'))
      .finally(() => (feed.filling = null))
    await feed.filling
  }

  async #fill(conversationId: ConversationId, feed: Feed): Promise<void> {
    while (feed.toldSeq < feed.headSeq && feed.listeners.size > 0) {
      const events = await this.log.readAfter(conversationId, feed.toldSeq, page)
      if (events.length === 0) return
      for (const event of events) feed.tell(event)
    }
  }

  #open(conversationId: ConversationId, headSeq: number): Feed {
    const feed = new Feed()
    // The first follower reads up to here by itself.
    feed.headSeq = feed.toldSeq = headSeq
    this.#feeds.set(conversationId, feed)
    feed.unsubscribe = this.channels.subscribe(liveChannels.timeline, conversationId, (event) => {
      if (feed.filling === null) feed.tell(event)
      void this.#reach(conversationId, feed, event.seq)
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
