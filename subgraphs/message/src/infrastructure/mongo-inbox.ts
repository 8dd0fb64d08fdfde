import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, type Model, type Upsert, upsertAll } from '@parley/platform/mongo/mongo.module'
import { Inbox } from '../application/inbox'
import { afterOwnLine, maxOwnLines, type ReadState, unread } from '../domain/read-state'
import { InboxDocument } from './documents'

/** A row whose person has written nothing has no own lines. */
type StoredInbox = Omit<InboxDocument, 'ownLines'> & Partial<Pick<InboxDocument, 'ownLines'>>

const idOf = (userId: UserId, conversationId: ConversationId): string => `${userId}:${conversationId}`

@Injectable()
export class MongoInbox extends Inbox {
  constructor(@InjectModel(InboxDocument) private readonly rows: Model<typeof InboxDocument>) {
    super()
  }

  async readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, ReadState>> {
    const rows = await this.rows.find({ _id: { $in: conversationIds.map((id) => idOf(userId, id)) } }).lean()
    const states = await Promise.all(rows.map((row) => this.#stateOf(row)))
    return new Map(rows.map((row, index) => [row.conversationId as ConversationId, states[index] ?? unread]))
  }

  async markRead(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    await this.#change(userIds, conversationId, {
      $max: { readLine: line, changedAt: new Date() },
      $pull: { ownLines: { $lte: line } },
    })
  }

  async skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    await this.#change(userIds, conversationId, {
      $max: { readLine: 0, changedAt: new Date() },
      $addToSet: { ownLines: line },
    })
  }

  async changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]> {
    const rows = await this.rows.find({ userId, changedAt: { $gte: since } }, { conversationId: 1 }).lean()
    return rows.map(({ conversationId }) => conversationId as ConversationId)
  }

  async #change(
    userIds: readonly UserId[],
    conversationId: ConversationId,
    update: Upsert<InboxDocument>['update'],
  ): Promise<void> {
    if (userIds.length === 0) return
    await upsertAll(
      collectionOf(this.rows),
      userIds.map((userId) => ({
        filter: { _id: idOf(userId, conversationId) },
        update: { ...update, $setOnInsert: { userId, conversationId } },
      })),
    )
  }

  /** A row that has grown beyond the bound is cut in passing. */
  async #stateOf({ userId, conversationId, readLine, ownLines = [] }: StoredInbox): Promise<ReadState> {
    const state = ownLines.toSorted((one, other) => one - other).reduce(afterOwnLine, { ...unread, readLine })
    if (ownLines.length > maxOwnLines)
      await this.markRead([userId as UserId], conversationId as ConversationId, state.readLine)
    return state
  }
}
