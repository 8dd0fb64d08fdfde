import { type Decision, type DomainEvent, type Fold, fold } from '@parley/kernel/decider'
import { DomainError } from '@parley/kernel/errors'
import { and, asc, eq, lte } from 'drizzle-orm'
import { type Database, isUniqueViolation, type Transaction } from './database'
import { events } from './tables'

/** The actor and the time of the events: passed in, because the rules never read a clock. */
export interface Metadata {
  readonly actor: string
  readonly at: Date
}

export interface Recorded<Event extends DomainEvent> extends Metadata {
  readonly streamId: string
  readonly version: number
  readonly event: Event
}

export interface StoredEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The name of this kind of stream, and how its events fold into a state. */
export interface EventStream<State, Event extends DomainEvent> extends Fold<State, Event> {
  /** The one place where events of older versions are converted to the current version. */
  upcast(stored: StoredEvent): Event
}

export interface Decided<State, Event extends DomainEvent> {
  readonly state: State
  readonly version: number
  readonly recorded: readonly Recorded<Event>[]
}

const attempts = 5

/** All events of a stream in order, or those up to a version: the state of any instant is a fold over them. */
export async function readStream<Event extends DomainEvent>(
  db: Database | Transaction,
  stream: Pick<EventStream<never, Event>, 'upcast'>,
  streamId: string,
  upTo?: number,
): Promise<readonly Recorded<Event>[]> {
  const rows = await db
    .select()
    .from(events)
    .where(and(eq(events.streamId, streamId), upTo === undefined ? undefined : lte(events.version, upTo)))
    .orderBy(asc(events.version))
  return rows.map((row) => recordedOf(stream, row))
}

export function recordedOf<Event extends DomainEvent>(
  stream: Pick<EventStream<never, Event>, 'upcast'>,
  { type, data, ...recorded }: typeof events.$inferSelect,
): Recorded<Event> {
  return { ...recorded, event: stream.upcast({ type, data: data as StoredEvent['data'] }) }
}

/**
 * Load → decide → append, in one transaction with what `project` writes (projections, outbox). Concurrent writers of
 * one stream conflict on the primary key (stream_id, version); the later one decides again on the newer state, five
 * times at most, then CONFLICT.
 */
export async function handleCommand<State, Event extends DomainEvent>(
  db: Database,
  stream: EventStream<State, Event>,
  streamId: string,
  decide: Decision<State, Event>,
  metadata: Metadata,
  project: (tx: Transaction, recorded: readonly Recorded<Event>[]) => Promise<void>,
): Promise<Decided<State, Event>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(async (tx) => {
        const history = await readStream(tx, stream, streamId)
        const before = fold(
          stream,
          history.map(({ event }) => event),
        )
        const decided = decide(before)
        const recorded = decided.map((event, index) => ({
          ...metadata,
          streamId,
          version: history.length + index + 1,
          event,
        }))
        if (recorded.length > 0) {
          await tx.insert(events).values(recorded.map(({ event, ...row }) => ({ ...row, ...event })))
          await project(tx, recorded)
        }
        return { state: fold(stream, decided, before), version: history.length + recorded.length, recorded }
      })
    } catch (error) {
      if (!isUniqueViolation(error, 'events_stream_id_version_pk')) throw error
      if (attempt === attempts)
        throw new DomainError('state', 'CONFLICT', 'Others were changing the same thing. Try again.', { cause: error })
    }
  }
}
