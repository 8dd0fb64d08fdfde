import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { maxAttempts, pauseAfter } from '../application/attempts'
import { Bookmarks } from '../application/bookmarks'
import { type BookmarkList, changedOnAnotherDevice } from '../domain/bookmarks'
import { BookmarksDocument } from './documents'

@Injectable()
export class MongoBookmarks extends Bookmarks {
  constructor(@InjectModel(BookmarksDocument) private readonly rows: Model<typeof BookmarksDocument>) {
    super()
  }

  async of(userId: UserId): Promise<BookmarkList> {
    return (await this.#load(userId)).list
  }

  async change(userId: UserId, decide: (list: BookmarkList) => BookmarkList | Promise<BookmarkList>): Promise<boolean> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const { list, version } = await this.#load(userId)
      const next = await decide(list)
      if (next === list) return false
      if (await this.#save(userId, next, version)) return true
      await pauseAfter(attempt)
    }
    throw changedOnAnotherDevice()
  }

  async #load(userId: UserId): Promise<{ list: BookmarkList; version: number }> {
    const row = await collectionOf(this.rows).findOne({ _id: userId })
    return { list: (row?.list ?? []) as unknown as BookmarkList, version: row?.version ?? 0 }
  }

  /** False when it was changed since that version. */
  async #save(userId: UserId, list: BookmarkList, version: number): Promise<boolean> {
    const row = { list: [...list], version: version + 1 }
    if (version > 0) {
      const { matchedCount } = await collectionOf(this.rows).updateOne({ _id: userId, version }, { $set: row })
      return matchedCount === 1
    }
    try {
      await collectionOf(this.rows).insertOne({ _id: userId, ...row })
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }
}
