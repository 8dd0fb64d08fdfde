import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import { type TimelineEvent, threadPlaceOf } from '../domain/timeline-event'
import { EventDocument, MessageDocument, ThreadReadDocument } from './documents'
import type { DriftReport } from './drift'
import { placeKey } from './event-documents'
import { inBatches } from './in-batches'
import { ownThreadLines, type StoredRead, threadReadId } from './inbox-rows'
import type { Scope } from './verify-messages'

type Reply = TimelineEvent & { readonly type: 'MessageSent' }

const rowsAtOnce = 100
const eventsAtOnce = 1_000

/** Recounts threads: that their lines have no gap, how many replies they have, and the read positions in them. */
export class VerifyThreads {
  readonly #events: Model<typeof EventDocument>
  readonly #messages: Model<typeof MessageDocument>
  readonly #reads: Model<typeof ThreadReadDocument>

  constructor(
    connection: Connection,
    private readonly report: DriftReport,
    private readonly isRepairing: boolean,
  ) {
    this.#events = modelOn(connection, EventDocument)
    this.#messages = modelOn(connection, MessageDocument)
    this.#reads = modelOn(connection, ThreadReadDocument)
  }

  /** The events of one range, all of them promised. */
  async verify(events: readonly TimelineEvent[]): Promise<void> {
    const replies = events.filter((event): event is Reply => threadPlaceOf(event) !== null)
    if (replies.length === 0) return
    await this.#verifyOrder(replies)
    await this.#verifyOwnLines(replies)
    // Every thread has one first reply.
    const roots = replies.flatMap((reply) => {
      const place = threadPlaceOf(reply)
      return place?.line === 1 ? [place.rootId] : []
    })
    if (roots.length > 0) await this.#verifySummaries(roots)
  }

  /** The read positions in all threads of a conversation, which are not in the log, are lines that there are. */
  async verifyPositions({ conversationId }: Scope): Promise<void> {
    const found = collectionOf(this.#reads).find({ conversationId })
    for await (const rows of inBatches(found, rowsAtOnce)) await this.#verifyRows(rows)
  }

  /** Each line follows on another one. */
  async #verifyOrder(replies: readonly Reply[]): Promise<void> {
    const keyBefore = (reply: Reply) => {
      const place = threadPlaceOf(reply)
      return place === null || place.line === 1 ? [] : [placeKey(place.rootId, place.line - 1)]
    }
    const known = await this.#authorsOf(replies.flatMap(keyBefore))
    for (const reply of replies)
      if (keyBefore(reply).some((key) => !known.has(key)))
        this.report.drift('log', `${reply.conversationId}/${reply.seq}`, 'gap in a thread')
  }

  async #verifyOwnLines(replies: readonly Reply[]): Promise<void> {
    const idOf = (reply: Reply) => threadReadId(reply.actorId, threadPlaceOf(reply)?.rootId ?? '')
    const rows: readonly StoredRead[] = await findByIds(this.#reads, replies.map(idOf))
    const found = new Map(rows.map((row) => [row._id, row]))
    const missing = replies.filter((reply) => {
      const { readLine = 0, ownLines = [] } = found.get(idOf(reply)) ?? {}
      const line = threadPlaceOf(reply)?.line ?? 0
      return line > readLine && !ownLines.includes(line)
    })
    for (const reply of missing) this.report.drift('thread positions', idOf(reply), 'own lines')
    if (this.isRepairing && missing.length > 0) await upsertAll(this.#reads, ownThreadLines(missing))
  }

  /** At the versions that the rows have. A row that is missing was found among the messages. */
  async #verifySummaries(rootIds: readonly string[]): Promise<void> {
    const rows = await findByIds(this.#messages, rootIds, { version: 1, thread: 1 })
    this.report.checked('threads', rootIds.length)
    const counts = new Map(rows.map(({ _id, version }) => [_id, { version, lines: 0, deleted: 0 }]))
    const projection = { _id: 0, root: 1, seq: 1, type: 1 }
    const found = collectionOf(this.#events).find({ root: { $in: [...counts.keys()] } }, { projection })
    for await (const events of inBatches(found, eventsAtOnce))
      for (const { root = '', seq, type } of events) {
        const count = counts.get(root)
        if (count === undefined || seq > count.version) continue
        if (type === 'MessageSent') count.lines += 1
        else count.deleted += 1
      }
    for (const { _id, thread } of rows) {
      const { lines = 0, deleted = 0 } = counts.get(_id) ?? {}
      const isRight = (thread?.lines ?? 0) === lines && (thread?.replyCount ?? 0) === lines - deleted
      if (!isRight) this.report.drift('threads', _id, 'counts')
    }
  }

  async #verifyRows(rows: readonly StoredRead[]): Promise<void> {
    const unreadOwn = ({ readLine, ownLines = [] }: StoredRead) => ownLines.filter((line) => line > readLine)
    const keys = rows.flatMap((row) => {
      const position = row.readLine > 0 ? [row.readLine] : []
      return [...position, ...unreadOwn(row)].map((line) => placeKey(row.rootId, line))
    })
    const authors = await this.#authorsOf(keys)
    this.report.checked('thread positions', rows.length)
    for (const row of rows) {
      const { _id, userId, rootId, readLine } = row
      const surplus = unreadOwn(row).filter((line) => authors.get(placeKey(rootId, line)) !== userId)
      const isBeyond = readLine > 0 && !authors.has(placeKey(rootId, readLine))
      if (surplus.length > 0) this.report.drift('thread positions', _id, 'own lines')
      if (isBeyond) this.report.drift('thread positions', _id, 'beyond the thread')
      if (!this.isRepairing) continue
      if (surplus.length > 0)
        await collectionOf(this.#reads).updateOne({ _id }, { $pull: { ownLines: { $in: surplus } } })
      if (isBeyond) await this.#bringBack(row)
    }
  }

  /** To the end of its thread: whatever the user has read since then stays. */
  async #bringBack({ _id, rootId, readLine }: StoredRead): Promise<void> {
    const root = await collectionOf(this.#messages).findOne({ _id: rootId }, { projection: { thread: 1 } })
    const end = root?.thread?.lines ?? 0
    await collectionOf(this.#reads).updateOne({ _id, readLine }, { $set: { readLine: end, changedAt: new Date() } })
  }

  /** Who made these lines of threads, for those that exist. */
  async #authorsOf(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (keys.length === 0) return new Map()
    const rows = await collectionOf(this.#events)
      .find({ threadPlace: { $in: [...new Set(keys)] } }, { projection: { threadPlace: 1, actorId: 1 } })
      .toArray()
    return new Map(rows.map(({ threadPlace = '', actorId }) => [threadPlace, actorId]))
  }
}
