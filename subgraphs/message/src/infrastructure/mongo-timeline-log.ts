import { Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { currentRequestId } from '@parley/platform/logging/request-context'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, type Filter, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { mongo } from 'mongoose'
import { TimelineLog, type Written } from '../application/timeline-log'
import { messageIdsOf } from '../domain/message'
import { isNeverUnread } from '../domain/read-state'
import {
  beginning,
  type Place,
  placeAfter,
  refusalAfter,
  type TimelineEntry,
  type TimelineEvent,
} from '../domain/timeline-event'
import { EventDocument, HeadDocument } from './documents'
import { placeKey, toDocument, toEvent } from './event-documents'
import { GroupedWrites } from './grouped-writes'
import { type Inserted, JoinedInserts } from './joined-inserts'
import { Publication } from './publication'

const maxGroup = 100
const maxRows = 500
const maxCachedHeads = 50_000
/** A writer that has read the log only up to further back than this reads again. */
const maxUnread = 2_000

/** How many events after a known place are read at once, to find the end of the log. */
const nearby = 64

/** An entry to insert; for a change of a message also the seq up to which its writer has read the log. */
interface Write {
  readonly entry: TimelineEntry
  /** The request that it belongs to: a group is written in the context of only one of them. */
  readonly requestId: string | undefined
  readonly readUpTo?: number
}

/**
 * The log in MongoDB. Concurrent writers of one conversation conflict on the unique (conversationId, seq): each tries
 * the place after the head and, on a conflict, reads what came after it. Writers in the same process do not conflict:
 * those of one conversation are a group, and the groups of all conversations go into one insert, because a durable
 * insert costs the same for one row and for many.
 */
@Injectable()
export class MongoTimelineLog extends TimelineLog {
  /** The last place that this process saw: a hint of where to write, corrected by the index when it is outdated. */
  readonly #heads = new Map<ConversationId, Place>()
  readonly #writes = new GroupedWrites<ConversationId, Write, TimelineEvent | DomainError | null>(
    maxGroup,
    (id, writes) => this.#insert(id, writes),
  )
  readonly #inserts = new JoinedInserts<EventDocument>(maxRows, (rows) => this.#insertOrdered(rows))

  constructor(
    @InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>,
    @InjectModel(HeadDocument) private readonly headDocuments: Model<typeof HeadDocument>,
    private readonly publication: Publication,
  ) {
    super()
  }

  async append(entry: TimelineEntry): Promise<TimelineEvent> {
    const event = await this.#write({ entry, requestId: currentRequestId() })
    if (event === null) throw new Error('An entry that depends on nothing was refused')
    return event
  }

  appendIfUnchanged(entry: TimelineEntry, readUpTo: number): Promise<TimelineEvent | null> {
    return this.#write({ entry, readUpTo, requestId: currentRequestId() })
  }

  async #write(write: Write): Promise<TimelineEvent | null> {
    const written = await this.#writes.add(write.entry.conversationId, write)
    if (written instanceof DomainError) throw written
    return written
  }

  async earlier({ conversationId, actorId, clientId }: Written): Promise<TimelineEvent | null> {
    const row = await collectionOf(this.events).findOne({ conversationId, actorId, clientId })
    if (row === null) return null
    const event = toEvent(row)
    // Only a repetition finds it. If the answer to the first attempt was lost, followers have had no hint.
    this.publication.announce([event])
    return event
  }

  async readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]> {
    return this.#range({ conversationId, seq: { $gt: after, $lte: after + limit } }, 'seq')
  }

  async readLines(conversationId: ConversationId, from: number, to: number): Promise<readonly TimelineEvent[]> {
    return to < from ? [] : this.#range({ conversationId, line: { $gte: from, $lte: to } }, 'line')
  }

  async neverUnreadLines(
    conversationId: ConversationId,
    userId: UserId,
    from: number,
    to: number,
  ): Promise<readonly number[]> {
    const filter = { conversationId, line: { $gte: from, $lte: to } }
    const rows = await collectionOf(this.events)
      .find(filter, { projection: { line: 1, type: 1, actorId: 1 } })
      .sort({ line: 1 })
      .toArray()
    return rows.filter((row) => isNeverUnread(row, userId)).map(({ line = 0 }) => line)
  }

  async timesOf(conversationId: ConversationId, lines: readonly number[]): Promise<ReadonlyMap<number, Date>> {
    if (lines.length === 0) return new Map()
    const projection = { line: 1, at: 1 }
    const filter = { conversationId, line: { $in: [...lines] } }
    const rows = await collectionOf(this.events).find(filter, { projection }).sort({ line: 1 }).toArray()
    return new Map(rows.map(({ line = 0, at }) => [line, at]))
  }

  async sent(messageIds: readonly MessageId[]): Promise<readonly TimelineEvent[]> {
    return (await findByIds(this.events, messageIds)).map(toEvent)
  }

  async edits(messageId: MessageId, from: number, to: number): Promise<readonly TimelineEvent[]> {
    if (to < from) return []
    const editPlace = { $gte: placeKey(messageId, from), $lte: placeKey(messageId, to) }
    return this.#range({ editPlace }, 'editPlace')
  }

  async deletionOf(messageId: MessageId): Promise<TimelineEvent | null> {
    // By the message alone: no index has the kind, and one for it would cost every change.
    const kinds = await collectionOf(this.events)
      .find({ about: messageId }, { projection: { type: 1 } })
      .toArray()
    const deletion = kinds.find(({ type }) => type === 'MessageDeleted')
    const row = deletion === undefined ? null : await collectionOf(this.events).findOne({ _id: deletion._id })
    return row === null ? null : toEvent(row)
  }

  /** From the projection or the last write of this process. */
  async head(conversationId: ConversationId): Promise<Place> {
    const known = this.#heads.get(conversationId) ?? (await this.#projectedHead(conversationId))
    return this.#endAfter(conversationId, known)
  }

  /** Usually near; else found forward in doubling steps: the log is gap-free. */
  async #endAfter(conversationId: ConversationId, known: Place): Promise<Place> {
    const next = await this.#placesAfter(conversationId, known.seq)
    let low = next.at(-1) ?? known
    if (next.length < nearby) {
      this.#remember(conversationId, low)
      return low
    }
    let step = nearby
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

  /** In the order of an index, so that the default engine need not compare plans (`findByIds`). */
  async #range(filter: Filter<EventDocument>, order: 'seq' | 'line' | 'editPlace'): Promise<readonly TimelineEvent[]> {
    const found = collectionOf(this.events).find(filter)
    return (await found.sort({ [order]: 1 }).toArray()).map(toEvent)
  }

  async #projectedHead(conversationId: ConversationId): Promise<Place> {
    const row = await collectionOf(this.headDocuments).findOne({ _id: conversationId })
    // One before: the last event itself says what stands at the end.
    return row === null ? beginning : { seq: row.headSeq - 1, lines: row.lines }
  }

  async #at(conversationId: ConversationId, seq: number): Promise<Place | null> {
    const row = await collectionOf(this.events).findOne({ conversationId, seq }, { projection: placeFields })
    return row === null ? null : placeOf(row)
  }

  async #placesAfter(conversationId: ConversationId, after: number): Promise<readonly Place[]> {
    const seq = { $gt: after, $lte: after + nearby }
    const found = collectionOf(this.events).find({ conversationId, seq }, { projection: placeFields })
    return (await found.sort({ seq: 1 }).toArray()).map(placeOf)
  }

  /**
   * One part of an ordered insert; conflicts are resolved one by one and the rest is retried. Null for a change of a
   * message that has changed since, an error for what may not follow: an accepted row stands directly after the head that
   * was checked.
   */
  async #insert(
    conversationId: ConversationId,
    writes: readonly Write[],
  ): Promise<readonly (TimelineEvent | DomainError | null)[]> {
    const written: (TimelineEvent | DomainError | null)[] = []
    let head = this.#heads.get(conversationId) ?? (await this.head(conversationId))
    while (written.length < writes.length) {
      const rest = writes.slice(written.length)
      const firstStale = await this.#firstStale(head, rest)
      const fresh = rest.slice(0, Math.min(firstStale, firstRefused(head, rest)))
      const inserted = fresh.length === 0 ? [] : await this.#insertAfter(head, fresh)
      written.push(...inserted)
      head = placeOf(inserted.at(-1) ?? head)
      this.#remember(conversationId, head)
      const refused = rest[inserted.length]
      if (refused === undefined) break
      const earlier = await this.earlier(refused.entry)
      if (earlier !== null) written.push(earlier)
      else if (inserted.length === firstStale) written.push(null)
      else if (inserted.length < fresh.length) head = await this.#later(conversationId, head)
      else {
        // Only the end of the log refuses: others may have made room since.
        const end = await this.#endAfter(conversationId, head)
        const refusal = end.seq === head.seq ? refusalAfter(end, refused.entry) : null
        if (refusal !== null) written.push(refusal)
        head = end
      }
    }
    return written
  }

  /** The end of the log after the place of a refused entry, which another one has taken. */
  async #later(conversationId: ConversationId, head: Place): Promise<Place> {
    const end = await this.#endAfter(conversationId, head)
    if (end.seq === head.seq) throw new Error(`An entry was refused at the end of ${conversationId}, at ${head.seq}`)
    return end
  }

  /** The first of some writes that changes a message which has changed since its writer read it; their number when there is none. */
  async #firstStale(head: Place, writes: readonly Write[]): Promise<number> {
    const changed = new Set<MessageId>()
    for (const [index, { entry, readUpTo = Infinity }] of writes.entries()) {
      const ids = messageIdsOf(entry)
      const isChanged = async () =>
        ids.some((id) => changed.has(id)) || (await this.#isChanged(entry, readUpTo, head.seq))
      if (readUpTo !== Infinity && (await isChanged())) return index
      for (const id of ids) changed.add(id)
    }
    return writes.length
  }

  async #isChanged(entry: TimelineEntry, after: number, upTo: number): Promise<boolean> {
    if (after >= upTo) return false
    if (upTo - after > maxUnread) return true
    const since = await this.readAfter(entry.conversationId, after, upTo - after)
    const changed = new Set(since.flatMap(messageIdsOf))
    return messageIdsOf(entry).some((id) => changed.has(id))
  }

  /** The events that were inserted before the first conflict with a unique index. */
  async #insertAfter(head: Place, writes: readonly Write[]): Promise<readonly TimelineEvent[]> {
    let place = head
    const rows = writes.map(({ entry, requestId }) => toDocument(entry, (place = placeAfter(place, entry)), requestId))
    const { accepted, refusal } = await this.#inserts.add(rows)
    const events = rows.slice(0, accepted).map(toEvent)
    this.publication.announce(events)
    if (refusal !== null && !isDuplicateKey(refusal)) throw refusal
    return events
  }

  /** Rejects when the outcome is unknown: a caller that retries with the same client ids gets what was written. */
  async #insertOrdered(rows: readonly EventDocument[]): Promise<Inserted> {
    try {
      await collectionOf(this.events).insertMany([...rows], { ordered: true })
      return { accepted: rows.length, refusal: null }
    } catch (error) {
      if (error instanceof mongo.MongoBulkWriteError && [error.writeErrors].flat().length > 0)
        return { accepted: error.insertedCount, refusal: error }
      throw error
    }
  }

  #remember(conversationId: ConversationId, head: Place): void {
    if ((this.#heads.get(conversationId)?.seq ?? 0) >= head.seq) return
    if (this.#heads.size >= maxCachedHeads) this.#heads.clear()
    this.#heads.set(conversationId, head)
  }
}

const placeFields = { seq: 1, lines: 1, pins: 1 } as const

/** Of an event from before there were lines, each made one. */
const placeOf = ({ seq, lines = seq, pins }: Pick<EventDocument, 'seq' | 'lines' | 'pins'>): Place => ({
  seq,
  lines,
  ...(pins === undefined ? {} : { pins }),
})

/** The first of some writes that may not follow on those before it; their number when there is none. */
function firstRefused(head: Place, writes: readonly Write[]): number {
  let place = head
  const at = writes.findIndex(({ entry }) => {
    if (refusalAfter(place, entry) !== null) return true
    place = placeAfter(place, entry)
    return false
  })
  return at === -1 ? writes.length : at
}
