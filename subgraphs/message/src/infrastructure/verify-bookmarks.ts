import { limits } from '@parley/kernel/limits'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import type { MessageId } from '@parley/kernel/ids'
import { type Bookmark, withoutBookmarks } from '../domain/bookmarks'
import { BookmarksDocument, EventDocument, MessageDocument } from './documents'
import type { DriftReport } from './drift'
import { inBatches } from './in-batches'

/** Each with up to `limits.bookmarks` of them. */
const rowsAtOnce = 10

const listIn = ({ list }: BookmarksDocument) => list as unknown as readonly Bookmark[]

/**
 * Bookmarks are not in the log: each is of a message that is there, in the conversation that it names. To be verified after
 * the messages: of a message that only its row still has, the log was found wrong then, and its bookmarks stay.
 */
export class VerifyBookmarks {
  readonly #rows: Model<typeof BookmarksDocument>
  readonly #events: Model<typeof EventDocument>
  readonly #messages: Model<typeof MessageDocument>

  constructor(
    connection: Connection,
    private readonly report: DriftReport,
    private readonly isRepairing: boolean,
  ) {
    this.#rows = modelOn(connection, BookmarksDocument)
    this.#events = modelOn(connection, EventDocument)
    this.#messages = modelOn(connection, MessageDocument)
  }

  async verify(signal: AbortSignal): Promise<void> {
    for await (const rows of inBatches(collectionOf(this.#rows).find({}), rowsAtOnce)) {
      signal.throwIfAborted()
      await this.#verifyRows(rows)
    }
  }

  async #verifyRows(rows: readonly BookmarksDocument[]): Promise<void> {
    this.report.checked('bookmarks', rows.length)
    const all = rows.flatMap(listIn)
    const lost = new Set(await this.#without(this.#messages, await this.#without(this.#events, all)))
    for (const row of rows) {
      const list = listIn(row)
      const ofNone = list.filter((bookmark) => lost.has(bookmark))
      if (list.length > limits.bookmarks) this.report.drift('bookmarks', row._id, 'too many')
      if (ofNone.length === 0) continue
      this.report.drift('bookmarks', row._id, `${ofNone.length} of no message`)
      const ids = ofNone.map(({ messageId }) => messageId)
      if (this.isRepairing) await this.#forget(row, list, ids)
    }
  }

  /** The bookmarks of messages that are not in a collection, or in another conversation there. */
  async #without(
    places: Model<typeof EventDocument> | Model<typeof MessageDocument>,
    list: readonly Bookmark[],
  ): Promise<readonly Bookmark[]> {
    if (list.length === 0) return list
    const ids = list.map(({ messageId }) => messageId)
    const rows = await findByIds(places as Model<typeof MessageDocument>, ids, { conversationId: 1 })
    const conversations = new Map(rows.map(({ _id, conversationId }) => [_id, conversationId]))
    return list.filter(({ messageId, conversationId }) => conversations.get(messageId) !== conversationId)
  }

  async #forget(
    { _id, version }: BookmarksDocument,
    list: readonly Bookmark[],
    lost: readonly MessageId[],
  ): Promise<void> {
    const $set = { list: [...withoutBookmarks(list, lost)], version: version + 1 }
    await collectionOf(this.#rows).updateOne({ _id, version }, { $set })
  }
}
