import { Injectable } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { TimelineLog } from '../application/timeline-log'
import type { TimelineEntry, TimelineEvent } from '../domain/timeline-event'
import { EventDocument, HeadDocument } from './documents'
import { toDocument, toEvent } from './event-documents'
import { GroupedWrites } from './grouped-writes'
import { Publication } from './publication'

const maxGroup = 100
const maxCachedHeads = 50_000

/**
 * The log in MongoDB. Writers of one conversation meet on the unique (conversationId, seq): each takes head + 1 and, when
 * another was first, looks again. Writers in the same process do not meet at all: they are grouped into one insert.
 */
@Injectable()
export class MongoTimelineLog extends TimelineLog {
  /** The last seq that this process saw: a hint of where to write, corrected by the index when it is old. */
  readonly #heads = new Map<ConversationId, number>()
  readonly #writes = new GroupedWrites<ConversationId, TimelineEntry, TimelineEvent>(maxGroup, (id, entries) =>
    this.#insert(id, entries),
  )

  constructor(
    @InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>,
    @InjectModel(HeadDocument) private readonly headDocuments: Model<typeof HeadDocument>,
    private readonly publication: Publication,
  ) {
    super()
  }

  append(entry: TimelineEntry): Promise<TimelineEvent> {
    return this.#writes.add(entry.conversationId, entry)
  }

  async readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]> {
    return this.#range(conversationId, after + 1, after + limit)
  }

  async readBefore(conversationId: ConversationId, before: number, limit: number): Promise<readonly TimelineEvent[]> {
    return this.#range(conversationId, Math.max(1, before - limit), before - 1)
  }

  /** From the projection or what this process wrote last, then forward in doubling steps: the log is gap-free. */
  async head(conversationId: ConversationId): Promise<number> {
    const known =
      this.#heads.get(conversationId) ?? (await this.headDocuments.findById(conversationId).lean())?.headSeq ?? 0
    let low = known
    let step = 1
    while (await this.#exists(conversationId, low + step)) {
      low += step
      step *= 2
    }
    // The head is in [low, low + step): halve the rest.
    let high = low + step
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (await this.#exists(conversationId, middle)) low = middle
      else high = middle
    }
    this.#remember(conversationId, low)
    return low
  }

  async #range(conversationId: ConversationId, from: number, to: number): Promise<readonly TimelineEvent[]> {
    if (to < from) return []
    const rows = await this.events.find({ conversationId, seq: { $gte: from, $lte: to } }).lean()
    // Sorted here: the default engine would sort whatever the index gives, and a page is short.
    return rows.toSorted((one, other) => one.seq - other.seq).map(toEvent)
  }

  async #exists(conversationId: ConversationId, seq: number): Promise<boolean> {
    return (await this.events.exists({ conversationId, seq })) !== null
  }

  /** One ordered insert of a group; what stood in the way is resolved one by one and the rest is tried again. */
  async #insert(conversationId: ConversationId, entries: readonly TimelineEntry[]): Promise<readonly TimelineEvent[]> {
    const written: TimelineEvent[] = []
    let head = this.#heads.get(conversationId) ?? (await this.head(conversationId))
    while (written.length < entries.length) {
      const rest = entries.slice(written.length)
      const inserted = await this.#insertFrom(head, rest)
      written.push(...inserted)
      head += inserted.length
      this.#remember(conversationId, head)
      const refused = rest[inserted.length]
      if (refused === undefined) break
      const earlier = await this.#earlier(refused)
      if (earlier !== null) written.push(earlier)
      else head = await this.head(conversationId)
    }
    return written
  }

  async #insertFrom(head: number, entries: readonly TimelineEntry[]): Promise<readonly TimelineEvent[]> {
    const rows = entries.map((entry, index) => toDocument(entry, head + index + 1))
    const accepted = await this.#insertOrdered(rows)
    const events = rows.slice(0, accepted).map(toEvent)
    this.publication.announce(events)
    return events
  }

  /** How many of the rows went in before the first that met a unique index. */
  async #insertOrdered(rows: readonly EventDocument[]): Promise<number> {
    try {
      await collectionOf(this.events).insertMany([...rows], { ordered: true })
      return rows.length
    } catch (error) {
      // Any other failure leaves the outcome open: forget the head, and let the caller try with the same client ids.
      if (rows[0] !== undefined) this.#heads.delete(rows[0].conversationId as ConversationId)
      if (isDuplicateKey(error) && error.insertedCount !== undefined) return error.insertedCount
      throw error
    }
  }

  async #earlier({ conversationId, actorId, clientId }: TimelineEntry): Promise<TimelineEvent | null> {
    const row = await this.events.findOne({ conversationId, actorId, clientId }).lean()
    return row === null ? null : toEvent(row)
  }

  #remember(conversationId: ConversationId, head: number): void {
    if (this.#heads.size >= maxCachedHeads) this.#heads.clear()
    this.#heads.set(conversationId, head)
  }
}
