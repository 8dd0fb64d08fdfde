import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import { Channels } from '@parley/platform/redis/channels'
import { liveChannels } from '../application/channels'
import type { TimelineEvent } from '../domain/timeline-event'
import { Projections } from './projections'
import { TimelineRelay } from './timeline-relay'

/** At most as many events are applied at once. */
const batch = 500

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

  /** The relay is rung when it only has to move checkpoints. */
  async #applyAll(): Promise<void> {
    this.#isApplying = true
    try {
      while (this.#unapplied.length > 0) {
        await this.projections.apply(this.#unapplied.splice(0, batch)).finally(() => this.relay.ring())
      }
    } finally {
      // After a failure the relay does the rest from the log.
      this.#unapplied.length = 0
      this.#isApplying = false
    }
  }

  #track(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'Left to the relay'))
      .finally(() => this.#underWay.delete(tracked))
    this.#underWay.add(tracked)
  }
}
