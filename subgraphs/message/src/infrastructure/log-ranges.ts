import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import type { ConversationId } from '@parley/kernel/ids'
import type { TimelineEvent } from '../domain/timeline-event'
import { EventDocument, HeadDocument } from './documents'
import { toEvent } from './event-documents'
import { foldedAtOnce } from './projections'

/** How many ids a page has: the default engine scans for each page. */
const idsAtOnce = 10_000

/** Reads whole logs in ranges, so that a conversation of any length is never in memory. */
export class LogRanges {
  readonly #events: Model<typeof EventDocument>
  readonly #heads: Model<typeof HeadDocument>

  constructor(
    connection: Connection,
    private readonly pageSize = idsAtOnce,
  ) {
    this.#events = modelOn(connection, EventDocument)
    this.#heads = modelOn(connection, HeadDocument)
  }

  /** Every conversation that has a first event or a head, by id. Scans the log: only for what reads all of it anyway. */
  async *conversations(): AsyncGenerator<ConversationId> {
    const logs = this.#inPages((last) => this.#logsAfter(last))
    const heads = this.#inPages((last) => this.#headsAfter(last))
    let [log, head] = [await logs.next(), await heads.next()]
    while (log.done !== true || head.done !== true) {
      const id = [log.value, head.value].filter((one) => one !== undefined).toSorted()[0]
      yield id as ConversationId
      if (log.value === id) log = await logs.next()
      if (head.value === id) head = await heads.next()
    }
  }

  /** One log in order, to its end, also beyond its gaps. */
  async *ranges(conversationId: ConversationId): AsyncGenerator<readonly TimelineEvent[]> {
    for (let after = 0; ;) {
      const to = after + foldedAtOnce
      const seq = { $gt: after, $lte: to }
      const rows = await collectionOf(this.#events).find({ conversationId, seq }).sort({ seq: 1 }).toArray()
      if (rows.length > 0) yield rows.map(toEvent)
      const next = rows.length === foldedAtOnce ? to + 1 : await this.#nextSeq(conversationId, to)
      if (next === null) return
      after = next - 1
    }
  }

  /** Of these seqs, the events that exist. */
  async at(conversationId: ConversationId, seqs: readonly number[]): Promise<ReadonlyMap<number, TimelineEvent>> {
    if (seqs.length === 0) return new Map()
    const rows = await collectionOf(this.#events)
      .find({ conversationId, seq: { $in: [...new Set(seqs)] } })
      .sort({ seq: 1 })
      .toArray()
    return new Map(rows.map((row) => [row.seq, toEvent(row)]))
  }

  /** Of these lines, the events that make those that exist. */
  async atLines(conversationId: ConversationId, lines: readonly number[]): Promise<ReadonlyMap<number, TimelineEvent>> {
    if (lines.length === 0) return new Map()
    const rows = await collectionOf(this.#events)
      .find({ conversationId, line: { $in: [...new Set(lines)] } })
      .sort({ line: 1 })
      .toArray()
    return new Map(rows.map((row) => [row.line ?? 0, toEvent(row)]))
  }

  /** Of these lines, the messages that make those that are messages. */
  async senders(conversationId: ConversationId, lines: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = await collectionOf(this.#events)
      .find({ conversationId, line: { $in: [...new Set(lines)] } }, { projection: { line: 1 } })
      .sort({ line: 1 })
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

  /** Whether there is an event after this seq. */
  async goesOnAfter(conversationId: ConversationId, seq: number): Promise<boolean> {
    return (await this.#nextSeq(conversationId, seq)) !== null
  }

  async #logsAfter(last: string): Promise<readonly string[]> {
    const filter = { seq: 1, conversationId: { $gt: last } }
    const found = collectionOf(this.#events).find(filter, { projection: { _id: 0, conversationId: 1 } })
    const rows = await found.sort({ conversationId: 1 }).limit(this.pageSize).toArray()
    return rows.map(({ conversationId }) => conversationId)
  }

  async #headsAfter(last: string): Promise<readonly string[]> {
    const found = collectionOf(this.#heads).find({ _id: { $gt: last } }, { projection: { _id: 1 } })
    const rows = await found.sort({ _id: 1 }).limit(this.pageSize).toArray()
    return rows.map(({ _id }) => _id)
  }

  /** Of the first event after this one; null when there is none. */
  async #nextSeq(conversationId: ConversationId, after: number): Promise<number | null> {
    const found = collectionOf(this.#events).find({ conversationId, seq: { $gt: after } }, { projection: { seq: 1 } })
    const [next] = await found.sort({ seq: 1 }).limit(1).toArray()
    return next?.seq ?? null
  }

  /** In pages by key: an engine ends a cursor that waits for long while what it has listed is compared. */
  async *#inPages(pageAfter: (last: string) => Promise<readonly string[]>): AsyncGenerator<string, undefined> {
    for (let last = ''; ;) {
      const page = await pageAfter(last)
      yield* page
      if (page.length < this.pageSize) return undefined
      last = page.at(-1) ?? last
    }
  }
}
