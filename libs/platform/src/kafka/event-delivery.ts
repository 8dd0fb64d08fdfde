import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Injectable, Logger } from '@nestjs/common'
import { KafkaContext, KafkaRetriableException } from '@nestjs/microservices'
import {
  ContractViolation,
  type EventOf,
  type IntegrationEventType,
  kindOf,
  parseIntegrationEvent,
} from '@parley/contracts/integration-events'
import { deadLetterTopic } from '@parley/contracts/topics'
import type { IHeaders } from 'kafkajs'
import { isOutage } from '../failures'
import { withRequestContext } from '../logging/request-context'
import { EventProducer } from './event-producer'

const tries = 4
const firstPauseMs = 100

/** A consumer's handler for some kinds of events. Records of every other kind are skipped, known or not. */
export interface Reaction<T extends IntegrationEventType> {
  readonly takes: readonly T[]
  handle(event: EventOf<T>): Promise<void>
}

/**
 * How every consumer handles a record: skip it unless its kind is taken, parse it by its contract, call the handler a
 * bounded number of times, then move it to the dead-letter topic with the cause. An outage is not the record's fault:
 * its partition waits until the outage is over (PatientKafkaServer).
 */
@Injectable()
export class EventDelivery {
  readonly #logger = new Logger(EventDelivery.name)

  constructor(private readonly producer: EventProducer) {}

  async deliver<T extends IntegrationEventType>(context: KafkaContext, reaction: Reaction<T>): Promise<void> {
    const failure = await this.#attempt(context, reaction)
    if (failure === null) return
    if (isOutage(failure)) throw new KafkaRetriableException(messageOf(failure))
    await this.#bury(context, failure)
  }

  async #attempt<T extends IntegrationEventType>(context: KafkaContext, reaction: Reaction<T>): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const record = parseJson(context.getMessage().value)
        if (!isTaken(record, reaction.takes)) return null
        const event = parseIntegrationEvent(record) as EventOf<T>
        await withRequestContext({ requestId: event.requestid ?? randomUUID() }, async () => {
          await reaction.handle(event)
          // As with answers: what is ordinary is not worth a line.
          this.#logger[attempt === 1 ? 'debug' : 'log']({ type: event.type, event: event.id, attempt }, 'Handled')
        })
        return null
      } catch (error) {
        if (error instanceof ContractViolation || isOutage(error) || attempt === tries)
          return error ?? new Error('The handler threw nothing')
        await delay(firstPauseMs * 2 ** attempt)
        await context.getHeartbeat()()
      }
    }
  }

  async #bury(context: KafkaContext, failure: unknown): Promise<void> {
    const { key, value, offset, headers } = context.getMessage()
    const cause = failure instanceof Error ? `${failure.name}: ${failure.message}`.slice(0, 1_000) : messageOf(failure)
    const source = { topic: context.getTopic(), partition: String(context.getPartition()), offset }
    this.#logger.error({ err: failure, ...source }, 'A record goes to the dead-letter topic')
    try {
      await this.producer.publishRaw(deadLetterTopic(source.topic), asBuffer(key), asBuffer(value), {
        ...asHeaders(headers),
        'parley-cause': cause,
        'parley-topic': source.topic,
        'parley-partition': source.partition,
        'parley-offset': source.offset,
      })
    } catch (error) {
      throw new KafkaRetriableException(messageOf(error))
    }
  }
}

/** A record without a kind may have been of a kind that is taken: it is not skipped. */
function isTaken(record: unknown, takes: readonly string[]): boolean {
  const kind = kindOf(record)
  return kind === null || takes.includes(kind)
}

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : 'Not an error')

/** Our consumers keep a value's bytes; Nest reads a key or header as text, and as JSON where it looks like it. */
function asBuffer(part: unknown): Buffer | null {
  if (part === null || part === undefined) return null
  if (Buffer.isBuffer(part)) return part
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part))
}

const asHeaders = (headers: object = {}): IHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, asBuffer(value) ?? '']))

export function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(asBuffer(value)?.toString('utf8') ?? '')
  } catch (error) {
    throw new ContractViolation('Not JSON', { cause: error })
  }
}
