import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { unreachable } from '@parley/kernel/decider'
import { limits } from '@parley/kernel/limits'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { isOutage } from '@parley/platform/failures'
import { collectionOf, type Filter, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Wakeup } from '@parley/platform/service/wakeup'
import { excerpt } from '@parley/text/plain'
import { type MentionChange, mentionChange } from '../domain/mentions'
import { evolve, isAboutMessage, withErased } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { EventDocument } from './documents'
import { toEvent } from './event-documents'
import { Lease } from './lease'
import { MongoErasure } from './mongo-erasure'
import { foldedAtOnce, Projections } from './projections'
import { UnappliedEvents } from './unapplied-events'

/** While there are pending events: another process may have written them and not relayed them. */
const busyMs = 250
/** Wake-ups make it fast; polling finds events of processes that died before they were relayed. */
const idleMs = 2_000
/** While it holds the lease, it waits this long for more events: readers, live streams and acknowledgements do not. */
const lingerMs = 50
/** An event that this process itself has not applied after this time is applied by the relay: its write hangs. */
const patienceMs = 5_000
/** A conversation whose events a defect keeps from being relayed is left out for this long. */
const brokenMs = 10_000
const source = '/subgraphs/message'
/** A deletion should not say for ever whom the deleted text named: docs/decisions/0029-mentions.md. */
const relayed = { pending: '', 'data.mentioned': '', 'data.unmentioned': '' } as const

/**
 * Publishes the pending events of the log, at least once: to projections and Kafka. One process at a time holds the
 * lease; one that was paused and lost it can only repeat events, and all consumers are idempotent.
 */
@Injectable()
export class TimelineRelay implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(TimelineRelay.name)
  readonly #wakeup = new Wakeup()
  #running: Promise<void> = Promise.resolve()
  /** Events are pending that this process could not relay: another has the lease, or an engine is down. */
  #waiting = false
  /** When the conversations that are left out are tried again, by the monotonic clock. */
  readonly #broken = new Map<string, number>()

  constructor(
    @InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>,
    private readonly projections: Projections,
    private readonly producer: EventProducer,
    private readonly lease: Lease,
    private readonly erasure: MongoErasure,
    private readonly unapplied: UnappliedEvents,
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
      if (this.lease.held) await this.#wakeup.pause(lingerMs)
      this.#waiting = false
      while ((await this.relayEvents()) >= foldedAtOnce / 2);
    } catch (error) {
      this.#waiting = true
      this.#logger.warn({ err: error }, 'The relay waits: MongoDB or Kafka does not answer')
    }
  }

  /**
   * One batch of pending events, by conversation and seq; returns how many were relayed, also 0 when another process
   * has the lease.
   */
  async relayEvents(): Promise<number> {
    const pending = collectionOf(this.events).find(this.#wanted(), { batchSize: foldedAtOnce })
    const rows = this.#ready(await pending.sort({ pending: 1 }).limit(foldedAtOnce).toArray())
    if (rows.length === 0 || !(await this.#mayRelay())) return 0
    try {
      await this.#relay(rows)
      return rows.length
    } catch (error) {
      if (isOutage(error)) throw error
      return this.#relayEach(rows)
    }
  }

  async #relay(rows: readonly EventDocument[]): Promise<void> {
    // The rows were read before the log is erased, so the deletions among them apply to them here.
    const events = withErased(rows.map(toEvent))
    await this.erasure.erase(events)
    await this.projections.settle(events)
    const published = events.flatMap((event, index) => toIntegrationEvent(event, rows[index]))
    if (published.length > 0) await this.producer.publish(published)
    const ids = rows.map(({ _id }) => _id)
    await collectionOf(this.events).updateMany({ _id: { $in: ids } }, { $unset: relayed })
  }

  /** A defect in the events of one conversation must not hold up all others. */
  async #relayEach(rows: readonly EventDocument[]): Promise<number> {
    let count = 0
    for (const [conversationId, some] of Map.groupBy(rows, ({ conversationId }) => conversationId)) {
      try {
        await this.#relay(some)
        count += some.length
      } catch (error) {
        if (isOutage(error)) throw error
        this.#broken.set(conversationId, performance.now() + brokenMs)
        this.#logger.error({ err: error, conversationId }, 'The events of a conversation cannot be relayed')
      }
    }
    return count
  }

  #wanted(): Filter<EventDocument> {
    for (const [id, until] of this.#broken) if (until < performance.now()) this.#broken.delete(id)
    const pending = { $gt: '' }
    return this.#broken.size === 0 ? { pending } : { pending, conversationId: { $nin: [...this.#broken.keys()] } }
  }

  /**
   * Without what this process is applying to the projections itself, which would cost as much again, and what stands
   * behind it in its conversation. It rings when it is done.
   */
  #ready(rows: readonly EventDocument[]): readonly EventDocument[] {
    const own = this.unapplied.of(new Set(rows.map(({ conversationId }) => conversationId)))
    const since = Date.now() - patienceMs
    const first = new Map<string, number>()
    for (const { conversationId, seq, at } of own)
      if (at.getTime() > since) first.set(conversationId, Math.min(seq, first.get(conversationId) ?? Infinity))
    return rows.filter(({ conversationId, seq }) => seq < (first.get(conversationId) ?? Infinity))
  }

  /** The lease is taken only when events are pending: an idle process writes nothing. */
  async #mayRelay(): Promise<boolean> {
    const mayRelay = await this.lease.hold()
    this.#waiting ||= !mayRelay
    return mayRelay
  }
}

/** Only messages are published: all other events came from the conversation subgraph. */
function toIntegrationEvent(event: TimelineEvent, row: EventDocument | undefined): AnyIntegrationEvent[] {
  const message = evolve(null, event)
  if (row === undefined || !isAboutMessage(event) || message === null) return []
  const { conversationId, seq, at } = event
  const origin = { id: row._id, source, subject: conversationId, time: at, requestId: row.requestId }
  const { id: messageId, authorId, text, threadId, line } = message
  const place = threadId === null ? {} : { threadId, alsoInConversation: line !== null }
  const told = { conversationId, seq, messageId, authorId, excerpt: excerpt(text, limits.excerptUnits), ...place }
  switch (event.type) {
    case 'MessageSent':
      return [integrationEvent(event.type, { ...told, ...copyOf(mentionChange(null, message.mentions)) }, origin)]
    case 'MessageEdited':
      return [integrationEvent(event.type, { ...told, ...copyOf(event.data) }, origin)]
    case 'MessageDeleted':
      return [integrationEvent(event.type, told, origin)]
    case 'ReactionAdded':
    case 'ReactionRemoved': {
      const reaction = { ...told, emoji: event.data.emoji, reactorId: event.actorId }
      return [integrationEvent(event.type, reaction, origin)]
    }
    // Nobody is told of pins.
    case 'MessagePinned':
    case 'MessageUnpinned':
      return []
    default:
      return unreachable(event)
  }
}

/** As a contract has it: without what is absent. */
const copyOf = ({ mentioned, unmentioned }: MentionChange) => ({
  ...(mentioned === undefined ? {} : { mentioned: [...mentioned] }),
  ...(unmentioned === undefined ? {} : { unmentioned: [...unmentioned] }),
})
