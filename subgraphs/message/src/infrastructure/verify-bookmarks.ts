import { limits } from '@parley/kernel/limits'
import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import type { MessageId } from '@parley/kernel/ids'
import { withoutBookmarks } from '../domain/bookmarks'
import { BookmarksDocument, EventDocument } from './documents'
import type { DriftReport } from './drift'

/** Bookmarks are not in the log: each is of a message that is there, in the conversation that it names. */
export class VerifyBookmarks {
  readonly #rows: Model<typeof BookmarksDocument>
  readonly #events: Model<typeof EventDocument>

  constructor(
    connection: Connection,
    private readonly report: DriftReport,
    private readonly isRepairing: boolean,
  ) {
    this.#rows = modelOn(connection, BookmarksDocument)
    this.#events = modelOn(connection, EventDocument)
  }

  async verify(signal: AbortSignal): Promise<void> {
    for await (const row of collectionOf(this.#rows).find({})) {
      signal.throwIfAborted()
      this.report.checked('bookmarks', 1)
      const list = row.list as unknown as Parameters<typeof withoutBookmarks>[0]
      const sent = await collectionOf(this.#events)
        .find({ _id: { $in: list.map(({ messageId }) => messageId) } }, { projection: { conversationId: 1 } })
        .toArray()
      const places = new Map(sent.map(({ _id, conversationId }) => [_id, conversationId]))
      const lost = list.filter(({ messageId, conversationId }) => places.get(messageId) !== conversationId)
      if (list.length > limits.bookmarks) this.report.drift('bookmarks', row._id, 'too many')
      if (lost.length > 0) this.report.drift('bookmarks', row._id, `${lost.length} of no message`)
      if (this.isRepairing && lost.length > 0)
        await this.#forget(
          row,
          list,
          lost.map(({ messageId }) => messageId),
        )
    }
  }

  async #forget(
    { _id, version }: BookmarksDocument,
    list: Parameters<typeof withoutBookmarks>[0],
    lost: readonly MessageId[],
  ): Promise<void> {
    const $set = { list: [...withoutBookmarks(list, lost)], version: version + 1 }
    await collectionOf(this.#rows).updateOne({ _id, version }, { $set })
  }
}
