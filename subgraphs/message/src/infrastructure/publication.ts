import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import { Channels } from '@parley/platform/redis/channels'
import { liveChannels } from '../application/channels'
import { maxWeight, weightOf } from '../application/event-weight'
import type { TimelineEvent } from '../domain/timeline-event'
import { PacedWork } from './paced-work'
import { foldedAtOnce, Projections } from './projections'
import { TimelineRelay } from './timeline-relay'
import { UnappliedEvents } from './unapplied-events'

/** While more is sent, the projections of other processes and Kafka lag by up to this; live streams do not. */
const applyMs = 250
/** Bounds what one hint costs its listeners; its size is bounded by `maxWeight`. */
const hintedAtOnce = 25
/** A write that takes longer is left to the relay, which may run in another process. */
const patienceMs = 500

/**
 * Runs right after an append, best effort: hints to live streams, projections, a wake-up of the relay. It is not
 * awaited; after a crash or an outage the relay does the same from the log, but for the hints: streams find an event
 * without one by a repetition of the write, by the next event, or by the sweep (TimelineFeeds).
 */
@Injectable()
export class Publication implements OnModuleDestroy {
  readonly #logger = new Logger(Publication.name)
  readonly #hints = new Set<Promise<unknown>>()
  readonly #applying = new PacedWork<TimelineEvent>(applyMs, foldedAtOnce, (events) => this.#apply(events))

  constructor(
    private readonly channels: Channels,
    private readonly projections: Projections,
    private readonly unapplied: UnappliedEvents,
    private readonly relay: TimelineRelay,
  ) {}

  announce(events: readonly TimelineEvent[]): void {
    if (events.length === 0) return
    for (const some of Map.groupBy(events, ({ conversationId }) => conversationId).values()) this.#hint(some)
    this.unapplied.add(events)
    this.#applying.add(events)
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.#applying.finish(), ...this.#hints])
  }

  /** The relay is rung when it only has to publish, or when it has to do the rest too. */
  async #apply(events: readonly TimelineEvent[]): Promise<void> {
    const late = setTimeout(() => this.relay.ring(), patienceMs)
    try {
      await this.projections.apply(events)
    } catch (error) {
      this.#logger.warn({ err: error }, 'Left to the relay')
    } finally {
      clearTimeout(late)
      this.unapplied.delete(events)
      this.relay.ring()
    }
  }

  #hint(events: readonly TimelineEvent[]): void {
    for (const some of hintsOf(events)) {
      const [first] = some
      if (first === undefined) continue
      // It never rejects.
      const sent = this.channels.publish(liveChannels.timeline, first.conversationId, some.length === 1 ? first : some)
      this.#hints.add(sent)
      void sent.then(() => this.#hints.delete(sent))
    }
  }
}

/** As many events to each hint as it may have, and at least one. */
function hintsOf(events: readonly TimelineEvent[]): readonly (readonly TimelineEvent[])[] {
  const hints: TimelineEvent[][] = []
  let weight = 0
  for (const event of events) {
    weight += weightOf(event)
    const last = hints.at(-1)
    if (last !== undefined && weight <= maxWeight && last.length < hintedAtOnce) last.push(event)
    else {
      hints.push([event])
      weight = weightOf(event)
    }
  }
  return hints
}
