import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { collectionOf, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Wakeup } from '@parley/platform/service/wakeup'
import { v5 } from 'uuid'
import { isMessage } from '../domain/timeline-event'
import { EventDocument, ReadPositionDocument } from './documents'
import { toEvent } from './event-documents'
import { Lease } from './lease'
import { Projections } from './projections'

const batch = 500
/** While there is work: another process may write, and may not relay what it wrote. */
const busyMs = 250
/** Rings make it fast; polling finds what another process wrote and died before it was relayed. */
const idleMs = 2_000
const excerptCharacters = 200
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
    @InjectModel(ReadPositionDocument) private readonly positions: Model<typeof ReadPositionDocument>,
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
      while ((await this.relayReadPositions()) === batch);
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
    await this.projections.apply(rows.map(toEvent))
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

  async relayReadPositions(): Promise<number> {
    const rows = await this.positions
      .find({ pending: { $gt: 0 } })
      .limit(batch)
      .lean()
    if (rows.length === 0 || !(await this.#mayRelay())) return 0
    const now = new Date()
    await this.producer.publish(rows.map((row) => readEvent(row, now)))
    // A position that moved on meanwhile stays pending with its new seq.
    await collectionOf(this.positions).bulkWrite(
      rows.map(({ _id, seq }) => ({
        updateOne: { filter: { _id, seq }, update: { $unset: { pending: '' } } },
      })),
      { ordered: false },
    )
    return rows.length
  }
}

/** Only messages are news to others: the rest of the timeline came from the conversation subgraph. */
function toIntegrationEvent(row: EventDocument): AnyIntegrationEvent[] {
  const event = toEvent(row)
  if (!isMessage(event)) return []
  const { conversationId, seq, actorId, at, data } = event
  const excerpt = [...data.text].slice(0, excerptCharacters).join('').slice(0, excerptCharacters)
  return [
    integrationEvent(
      'MessageSent',
      { conversationId, seq, messageId: data.messageId, authorId: actorId, excerpt },
      { id: row._id, source, subject: conversationId, time: at, requestId: row.requestId },
    ),
  ]
}

function readEvent({ _id, conversationId, userId, pending }: ReadPositionDocument, time: Date): AnyIntegrationEvent {
  const seq = pending ?? 0
  // Deterministic, so that telling it twice is telling it once.
  const id = v5(`${_id}:${seq}`, v5.URL)
  return integrationEvent('MessageRead', { conversationId, userId, seq }, { id, source, subject: conversationId, time })
}
