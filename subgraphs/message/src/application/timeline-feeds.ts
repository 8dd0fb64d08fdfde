import { setTimeout as delay } from 'node:timers/promises'
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import type { TimelineEvent } from '../domain/timeline-event'
import { ConversationHeads } from './conversation-heads'
import { Follower, type FollowerOptions } from './follower'
import { LiveHints } from './live-hints'
import { TimelineLog } from './timeline-log'

const sweepMs = 1_000
const sweepPage = 100
/** Conversations that one sweep looks at: what it costs does not grow with how many are followed, only how often each has its turn. */
const sweepWidth = 500
/** While Redis is away a subscription neither begins nor fails; a stream begins all the same, carried by the sweep. */
const patienceMs = 1_000

/** All that this process knows of one conversation while somebody here follows it. */
class Feed {
  readonly followers = new Set<Follower>()
  /** The highest seq that anybody has told. */
  headSeq = 0
  /** The highest seq that the followers have been told: what is beyond it the sweep brings. */
  toldSeq = 0
  unsubscribe: Promise<(() => void) | null> = Promise.resolve(null)

  accept(event: TimelineEvent): void {
    this.headSeq = Math.max(this.headSeq, event.seq)
    this.toldSeq = Math.max(this.toldSeq, event.seq)
    for (const follower of this.followers) follower.push(event)
  }
}

/**
 * One subscription to hints for each conversation that is followed here, however many follow it. What the hints fail to
 * say, a sweep over the heads finds within a second, so a mute Redis delays a stream and never breaks it.
 */
@Injectable()
export class TimelineFeeds implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(TimelineFeeds.name)
  readonly #feeds = new Map<ConversationId, Feed>()
  #sweeper: NodeJS.Timeout | undefined
  #sweeping = false
  /** Whose turn it is in the coming sweeps; filled again when all have had theirs. */
  #turns: ConversationId[] = []

  constructor(
    private readonly log: TimelineLog,
    private readonly hints: LiveHints,
    private readonly heads: ConversationHeads,
  ) {}

  onApplicationBootstrap(): void {
    this.#sweeper = setInterval(() => void this.sweep(), sweepMs)
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#sweeper)
    for (const feed of this.#feeds.values()) for (const follower of [...feed.followers]) await follower.return()
  }

  async follow(
    conversationId: ConversationId,
    options: Pick<FollowerOptions, 'after' | 'isLast' | 'assertAllowed' | 'heartbeatMs' | 'pace'> & {
      readonly headSeq: number
    },
  ): Promise<Follower> {
    const feed = this.#feeds.get(conversationId) ?? this.#open(conversationId)
    feed.headSeq = Math.max(feed.headSeq, options.headSeq)
    // The first follower reads up to here by itself; those who were here before have not been told.
    if (feed.followers.size === 0) feed.toldSeq = options.headSeq
    const follower: Follower = new Follower({
      ...options,
      read: (after, limit) => this.log.readAfter(conversationId, after, limit),
      knownHead: () => feed.headSeq,
      onClose: () => this.#leave(conversationId, feed, follower),
    })
    // Among the followers before the hints flow, and reading only after: what is appended in between is in one of the two.
    feed.followers.add(follower)
    await Promise.race([feed.unsubscribe, delay(patienceMs, undefined, { ref: false })])
    return follower
  }

  /** Looks for what no hint has told. Public for tests, which do not wait for the timer. */
  async sweep(): Promise<void> {
    if (this.#sweeping || this.#feeds.size === 0) return
    this.#sweeping = true
    try {
      if (this.#turns.length === 0) this.#turns = [...this.#feeds.keys()]
      const heads = await this.heads.load(this.#turns.splice(0, sweepWidth))
      for (const [conversationId, { headSeq }] of heads) {
        const feed = this.#feeds.get(conversationId)
        if (feed === undefined || headSeq <= feed.toldSeq) continue
        for (const event of await this.log.readAfter(conversationId, feed.toldSeq, sweepPage)) feed.accept(event)
      }
    } catch (error) {
      this.#logger.warn({ err: error }, 'The sweep over followed conversations failed; the next one follows')
    } finally {
      this.#sweeping = false
    }
  }

  #open(conversationId: ConversationId): Feed {
    const feed = new Feed()
    this.#feeds.set(conversationId, feed)
    feed.unsubscribe = this.hints
      .subscribe(conversationId, (event) => feed.accept(event))
      .catch((error: unknown) => {
        this.#logger.warn({ err: error, conversationId }, 'No hints for now; the sweep carries the stream')
        return null
      })
    return feed
  }

  #leave(conversationId: ConversationId, feed: Feed, follower: Follower): void {
    feed.followers.delete(follower)
    if (feed.followers.size > 0 || this.#feeds.get(conversationId) !== feed) return
    this.#feeds.delete(conversationId)
    void feed.unsubscribe.then((unsubscribe) => unsubscribe?.())
  }
}
