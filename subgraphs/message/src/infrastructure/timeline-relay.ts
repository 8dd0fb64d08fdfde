import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { type IntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Wakeup } from '@parley/platform/service/wakeup'
import { evolve, isAboutMessage } from '../domain/message'
import { excerptOf } from '../domain/message-text'
import type { MessageEvent } from '../domain/timeline-event'
import { EventDocument } from './documents'
import { toEvent } from './event-documents'
import { Lease } from './lease'
import { Projections } from './projections'

const batch = 500
/** While there is work: another process may write, and may not relay what it wrote. */
const busyMs = 250
/** Rings make it fast; polling finds what another process wrote and died before it was relayed. */
const idleMs = 2_000
const source = '/subgraphs/message'

/**
 * Tells everybody what is in the log and still marked as pending: projections, live hints, Kafka. One process at a time holds
 * the lease; one that was stopped and comes back late can only repeat, and all who listen are indifferent to repetition.
 */
@Injectable()
export class TimelineRelay implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(TimelineRelay.name)
  readonly #wakeup = new Wakeup()
  #running: Promise<void> = Promise.resolve()
  /** Something waits that this process could not relay: another has the lease, or an engine is away. */
  #waiting = false

  constructor(
    @InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>,
    private readonly projections: Projections,
    private readonly producer: EventProducer,
    private readonly lease: Lease,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#wakeup.loop(
      () => (this.#waiting || this.lease.held ? busyMs : idleMs),
      () => this.#drain(),
    )
  }

  async onModuleDestroy(): Promise<void> {
    this.#wakeup.stop()
    await this.#running
    await this.lease
      .release()
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'The lease runs out by itself'))
  }

  ring(): void {
    this.#wakeup.ring()
  }

  async #drain(): Promise<void> {
    try {
      this.#waiting = false
      while ((await this.relayEvents()) === batch);
    } catch (error) {
      this.#waiting = true
      this.#logger.warn({ err: error }, 'The relay waits: MongoDB or Kafka does not answer')
    }
  }

  /** One batch of pending events, by conversation and seq; returns how many it moved, 0 too when another process is at it. */
  async relayEvents(): Promise<number> {
    const rows = await this.events
      .find({ pending: { $gt: '' } })
      .sort({ pending: 1 })
      .limit(batch)
      .lean()
    if (rows.length === 0 || !(await this.#mayRelay())) return 0
    const events = rows.map(toEvent)
    await Promise.all([this.projections.fold(events), this.projections.applyOwnLines(events)])
    const published = rows.flatMap(toIntegrationEvent)
    if (published.length > 0) await this.producer.publish(published)
    await this.events.updateMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { $unset: { pending: '' } })
    return rows.length
  }

  /** Asked only when there is something to relay: an idle process writes nothing. */
  async #mayRelay(): Promise<boolean> {
    const mayRelay = await this.lease.hold()
    this.#waiting ||= !mayRelay
    return mayRelay
  }
}

/** Only messages are news to others: the rest of the timeline came from the conversation subgraph. */
function toIntegrationEvent(row: EventDocument): IntegrationEvent<MessageEvent['type']>[] {
  const event = toEvent(row)
  const message = evolve(null, event)
  if (!isAboutMessage(event) || message === null) return []
  const { type, conversationId, seq, at } = event
  const origin = { id: row._id, source, subject: conversationId, time: at, requestId: row.requestId }
  const { id: messageId, authorId, text } = message
  return [integrationEvent(type, { conversationId, seq, messageId, authorId, excerpt: excerptOf(text) }, origin)]
}
