import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import type { ConversationId } from '@parley/kernel/ids'
import type { TimelineEvent } from '../domain/timeline-event'
import { EventDocument, HeadDocument } from './documents'
import { toEvent } from './event-documents'
import { foldedAtOnce } from './projections'

/** Reads whole logs in ranges, so that a conversation of any length is never in memory. */
export class LogRanges {
  readonly #events: Model<typeof EventDocument>
  readonly #heads: Model<typeof HeadDocument>

  constructor(connection: Connection) {
    this.#events = modelOn(connection, EventDocument)
    this.#heads = modelOn(connection, HeadDocument)
  }

  /** Every conversation that has a first event or a head, by id. A scan of the log: only for what reads all of it anyway. */
  async *conversations(): AsyncGenerator<ConversationId> {
    const logs = collectionOf(this.#events)
      .find({ seq: 1 }, { projection: { _id: 0, conversationId: 1 } })
      .sort({ conversationId: 1 })
    const heads = collectionOf(this.#heads)
      .find({}, { projection: { _id: 1 } })
      .sort({ _id: 1 })
    try {
      let [log, head] = [await logs.next(), await heads.next()]
      while (log !== null || head !== null) {
        const id = [log?.conversationId, head?._id].filter((one) => one !== undefined).toSorted()[0]
        yield id as ConversationId
        if (log?.conversationId === id) log = await logs.next()
        if (head?._id === id) head = await heads.next()
      }
    } finally {
      await Promise.all([logs.close(), heads.close()])
    }
  }

  /** One log in order, to its end. Goes over gaps as far as `knownSeq`, the seq of an event that exists. */
  async *ranges(conversationId: ConversationId, knownSeq: number): AsyncGenerator<readonly TimelineEvent[]> {
    for (let after = 0; ; after += foldedAtOnce) {
      const seq = { $gt: after, $lte: after + foldedAtOnce }
      const rows = await collectionOf(this.#events).find({ conversationId, seq }).toArray()
      if (rows.length > 0) yield rows.toSorted((one, other) => one.seq - other.seq).map(toEvent)
      const isFull = rows.length === foldedAtOnce
      if (!isFull && after + foldedAtOnce >= knownSeq) return
    }
  }

  /** Of these seqs, the events that exist. */
  async at(conversationId: ConversationId, seqs: readonly number[]): Promise<ReadonlyMap<number, TimelineEvent>> {
    if (seqs.length === 0) return new Map()
    const rows = await collectionOf(this.#events)
      .find({ conversationId, seq: { $in: [...new Set(seqs)] } })
      .toArray()
    return new Map(rows.map((row) => [row.seq, toEvent(row)]))
  }

  /** Of these lines, who made those that exist; null for the start of the conversation. */
  async authorsOf(
    conversationId: ConversationId,
    lines: readonly number[],
  ): Promise<ReadonlyMap<number, string | null>> {
    if (lines.length === 0) return new Map()
    const rows = await collectionOf(this.#events)
      .find({ conversationId, line: { $in: [...new Set(lines)] } })
      .toArray()
    const authorOf = ({ type, actorId }: TimelineEvent) => (type === 'ConversationStarted' ? null : actorId)
    return new Map(rows.map((row) => [row.line ?? 0, authorOf(toEvent(row))]))
  }

  /** Of these lines, the messages that make those that are messages. */
  async senders(conversationId: ConversationId, lines: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = await collectionOf(this.#events)
      .find({ conversationId, line: { $in: [...new Set(lines)] } }, { projection: { line: 1 } })
      .toArray()
    return new Map(rows.map(({ line = 0, _id }) => [line, _id]))
  }

  /** Of these messages, those that were deleted, and at which seq. */
  async deletionsOf(messageIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (messageIds.length === 0) return new Map()
    const rows = await collectionOf(this.#events)
      .find({ about: { $in: [...messageIds] } }, { projection: { about: 1, seq: 1, type: 1 } })
      .toArray()
    // Not in the filter: one engine scans for a filter that no index has as a whole.
    const deletions = rows.filter(({ type }) => type === 'MessageDeleted')
    return new Map(deletions.map(({ about = '', seq }) => [about, seq]))
  }

  /** Whether the relay has yet to come to this event, or it does not exist. */
  async isPending(conversationId: ConversationId, seq: number): Promise<boolean> {
    const row = await collectionOf(this.#events).findOne({ conversationId, seq }, { projection: { pending: 1 } })
    return row === null || row.pending !== undefined
  }
}
