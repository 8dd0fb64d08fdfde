import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { collectionOf, type Filter, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { TimelineLog } from '../application/timeline-log'
import { messageIdOf } from '../domain/message'
import { beginning, type Place, placeAfter, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import { EventDocument, HeadDocument } from './documents'
import { toDocument, toEvent } from './event-documents'
import { GroupedWrites } from './grouped-writes'
import { Publication } from './publication'

const maxGroup = 100
const maxCachedHeads = 50_000
/** A writer that has read the log only up to further back than this reads again. */
const maxUnread = 2_000

/** An entry to insert; for a change of a message also the seq up to which its writer has read the log. */
interface Write {
  readonly entry: TimelineEntry
  readonly readUpTo?: number
}

/**
 * The log in MongoDB. Concurrent writers of one conversation conflict on the unique (conversationId, seq): each tries
 * the place after the head and, on a conflict, reads the head again. Writers in the same process do not conflict: they
 * are grouped into one insert.
 */
@Injectable()
export class MongoTimelineLog extends TimelineLog {
  /** The last place that this process saw: a hint of where to write, corrected by the index when it is outdated. */
  readonly #heads = new Map<ConversationId, Place>()
  readonly #writes = new GroupedWrites<ConversationId, Write, TimelineEvent | null>(maxGroup, (id, writes) =>
    this.#insert(id, writes),
  )

  constructor(
    @InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>,
    @InjectModel(HeadDocument) private readonly headDocuments: Model<typeof HeadDocument>,
    private readonly publication: Publication,
  ) {
    super()
  }

  async append(entry: TimelineEntry): Promise<TimelineEvent> {
    const event = await this.#writes.add(entry.conversationId, { entry })
    if (event === null) throw new Error('An entry that depends on nothing was refused')
    return event
  }

  appendIfUnchanged(entry: TimelineEntry, readUpTo: number): Promise<TimelineEvent | null> {
    return this.#writes.add(entry.conversationId, { entry, readUpTo })
  }

  async readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]> {
    return this.#range({ conversationId, seq: { $gt: after, $lte: after + limit } })
  }

  async readLines(conversationId: ConversationId, from: number, to: number): Promise<readonly TimelineEvent[]> {
    return to < from ? [] : this.#range({ conversationId, line: { $gte: from, $lte: to } })
  }

  async sent(messageIds: readonly MessageId[]): Promise<readonly TimelineEvent[]> {
    return this.#range({ _id: { $in: [...messageIds] } })
  }

  /** From the projection or the last write of this process, then forward in doubling steps: the log is gap-free. */
  async head(conversationId: ConversationId): Promise<Place> {
    const known = this.#heads.get(conversationId) ?? (await this.#projectedHead(conversationId))
    let low = known
    let step = 1
    for (let next = await this.#at(conversationId, low.seq + step); next !== null;) {
      low = next
      step *= 2
      next = await this.#at(conversationId, low.seq + step)
    }
    // The head is in [low, low + step): halve the rest.
    let high = low.seq + step
    while (high - low.seq > 1) {
      const middle = Math.floor((low.seq + high) / 2)
      const found = await this.#at(conversationId, middle)
      if (found === null) high = middle
      else low = found
    }
    this.#remember(conversationId, low)
    return low
  }

  async #range(filter: Filter<EventDocument>): Promise<readonly TimelineEvent[]> {
    const rows = await collectionOf(this.events).find(filter).toArray()
    // Sorted here: the default engine would sort anyway, and a page is short.
    return rows.toSorted((one, other) => one.seq - other.seq).map(toEvent)
  }

  async #projectedHead(conversationId: ConversationId): Promise<Place> {
    const row = await collectionOf(this.headDocuments).findOne({ _id: conversationId })
    return row === null ? beginning : { seq: row.headSeq, lines: row.lines }
  }

  async #at(conversationId: ConversationId, seq: number): Promise<Place | null> {
    const row = await collectionOf(this.events).findOne({ conversationId, seq }, { projection: { seq: 1, lines: 1 } })
    return row === null ? null : { seq, lines: row.lines ?? seq }
  }

  /**
   * One ordered insert of a group; conflicts are resolved one by one and the rest is retried. Null for a change of a
   * message that has changed since: an accepted row stands directly after the head that was checked.
   */
  async #insert(conversationId: ConversationId, writes: readonly Write[]): Promise<readonly (TimelineEvent | null)[]> {
    const written: (TimelineEvent | null)[] = []
    let head = this.#heads.get(conversationId) ?? (await this.head(conversationId))
    while (written.length < writes.length) {
      const rest = writes.slice(written.length)
      const firstStale = await this.#firstStale(head, rest)
      const entries = rest.slice(0, firstStale).map(({ entry }) => entry)
      const inserted = entries.length === 0 ? [] : await this.#insertFrom(head, entries)
      written.push(...inserted)
      head = inserted.at(-1) ?? head
      this.#remember(conversationId, { seq: head.seq, lines: head.lines })
      const refused = rest[inserted.length]
      if (refused === undefined) break
      const earlier = await this.#earlier(refused.entry)
      if (earlier !== null) written.push(earlier)
      else if (inserted.length === firstStale) written.push(null)
      else head = await this.head(conversationId)
    }
    return written
  }

  /** The first of some writes that changes a message which has changed since its writer read it; their number when there is none. */
  async #firstStale(head: Place, writes: readonly Write[]): Promise<number> {
    const changed = new Set<MessageId>()
    for (const [index, { entry, readUpTo = Infinity }] of writes.entries()) {
      const id = messageIdOf(entry)
      if (id === null) continue
      const isStale = readUpTo !== Infinity && (changed.has(id) || (await this.#isChanged(entry, readUpTo, head.seq)))
      if (isStale) return index
      changed.add(id)
    }
    return writes.length
  }

  async #isChanged(entry: TimelineEntry, after: number, upTo: number): Promise<boolean> {
    if (after >= upTo) return false
    if (upTo - after > maxUnread) return true
    const since = await this.readAfter(entry.conversationId, after, upTo - after)
    return since.some((event) => messageIdOf(event) === messageIdOf(entry))
  }

  async #insertFrom(head: Place, entries: readonly TimelineEntry[]): Promise<readonly TimelineEvent[]> {
    let place = head
    const rows = entries.map((entry) => toDocument(entry, (place = placeAfter(place, entry))))
    const accepted = await this.#insertOrdered(rows)
    const events = rows.slice(0, accepted).map(toEvent)
    this.publication.announce(events)
    return events
  }

  /** The number of rows that were inserted before the first conflict with a unique index. */
  async #insertOrdered(rows: readonly EventDocument[]): Promise<number> {
    try {
      await collectionOf(this.events).insertMany([...rows], { ordered: true })
      return rows.length
    } catch (error) {
      // After any other failure the outcome is unknown: drop the cached head, and let the caller retry with the same
      // client ids.
      if (rows[0] !== undefined) this.#heads.delete(rows[0].conversationId as ConversationId)
      if (isDuplicateKey(error) && error.insertedCount !== undefined) return error.insertedCount
      throw error
    }
  }

  async #earlier({ conversationId, actorId, clientId }: TimelineEntry): Promise<TimelineEvent | null> {
    const row = await collectionOf(this.events).findOne({ conversationId, actorId, clientId })
    return row === null ? null : toEvent(row)
  }

  #remember(conversationId: ConversationId, head: Place): void {
    if (this.#heads.size >= maxCachedHeads) this.#heads.clear()
    this.#heads.set(conversationId, head)
  }
}
