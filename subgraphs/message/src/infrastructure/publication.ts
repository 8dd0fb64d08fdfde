import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import { Channels } from '@parley/platform/redis/channels'
import { liveChannels } from '../application/channels'
import type { TimelineEvent } from '../domain/timeline-event'
import { foldedAtOnce, Projections } from './projections'
import { TimelineRelay } from './timeline-relay'

/** A write that takes longer is left to the relay, which may run in another process. */
const patienceMs = 500

/**
 * Runs right after an append, best effort: hints to live streams, projections, a wake-up of the relay. It is not
 * awaited; after a crash or an outage the relay does the same from the log.
 */
@Injectable()
export class Publication implements OnModuleDestroy {
  readonly #logger = new Logger(Publication.name)
  readonly #underWay = new Set<Promise<unknown>>()
  /** Events that arrived while others are applied: the next write takes all of them. */
  readonly #unapplied: TimelineEvent[] = []
  #isApplying = false

  constructor(
    private readonly channels: Channels,
    private readonly projections: Projections,
    private readonly relay: TimelineRelay,
  ) {}

  announce(events: readonly TimelineEvent[]): void {
    if (events.length === 0) return
    for (const event of events) this.#track(this.channels.publish(liveChannels.timeline, event.conversationId, event))
    this.#unapplied.push(...events)
    if (!this.#isApplying) this.#track(this.#applyAll())
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  async #applyAll(): Promise<void> {
    this.#isApplying = true
    while (this.#unapplied.length > 0) {
      await this.#apply(this.#unapplied.splice(0, foldedAtOnce)).catch((error: unknown) => this.#leave(error))
    }
    this.#isApplying = false
  }

  /** The relay is rung when it only has to move checkpoints, or when it has to do the rest too. */
  async #apply(events: readonly TimelineEvent[]): Promise<void> {
    const late = setTimeout(() => this.relay.ring(), patienceMs)
    try {
      await this.projections.apply(events)
    } finally {
      clearTimeout(late)
      this.relay.ring()
    }
  }

  #track(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => this.#leave(error))
      .finally(() => this.#underWay.delete(tracked))
    this.#underWay.add(tracked)
  }

  #leave(error: unknown): void {
    this.#logger.warn({ err: error }, 'Left to the relay')
  }
}
