import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, type Model, type Upsert, upsertAll } from '@parley/platform/mongo/mongo.module'
import { Inbox } from '../application/inbox'
import { afterOwnLine, maxOwnLines, type ReadState, unread } from '../domain/read-state'
import { lineOf } from '../domain/timeline-event'
import { InboxDocument } from './documents'
import { inboxId, ownLines } from './inbox-rows'
import { UnappliedEvents } from './unapplied-events'

/** A row of a user who has written nothing has no own lines. */
type StoredInbox = Omit<InboxDocument, 'ownLines'> & Partial<Pick<InboxDocument, 'ownLines'>>

@Injectable()
export class MongoInbox extends Inbox {
  constructor(
    @InjectModel(InboxDocument) private readonly rows: Model<typeof InboxDocument>,
    private readonly unapplied: UnappliedEvents,
  ) {
    super()
  }

  async readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, ReadState>> {
    const newer = this.unapplied.of(conversationIds).filter(({ actorId }) => actorId === userId)
    const rows = await collectionOf(this.rows)
      .find({ _id: { $in: conversationIds.map((id) => inboxId(userId, id)) } })
      .toArray()
    const stored = await Promise.all(rows.map((row) => this.#stateOf(row)))
    const states = new Map(rows.map((row, index) => [row.conversationId as ConversationId, stored[index] ?? unread]))
    for (const event of newer) {
      const line = lineOf(event)
      const before = states.get(event.conversationId) ?? unread
      if (line !== null) states.set(event.conversationId, afterOwnLine(before, line))
    }
    return states
  }

  async markRead(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    const changedAt = new Date()
    await this.#change(
      userIds.map((userId) => ({
        filter: { _id: inboxId(userId, conversationId) },
        update: {
          $max: { readLine: line, changedAt },
          $pull: { ownLines: { $lte: line } },
          $setOnInsert: { userId, conversationId },
        },
      })),
    )
  }

  async skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    await this.#change(userIds.map((userId) => ownLines(userId, conversationId, [line])))
  }

  async changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]> {
    const rows = await this.rows.find({ userId, changedAt: { $gte: since } }, { conversationId: 1 }).lean()
    return rows.map(({ conversationId }) => conversationId as ConversationId)
  }

  async #change(changes: readonly Upsert<InboxDocument>[]): Promise<void> {
    if (changes.length > 0) await upsertAll(collectionOf(this.rows), changes)
  }

  /** A row that has grown beyond the bound is cut here as well. */
  async #stateOf({ userId, conversationId, readLine, ownLines = [] }: StoredInbox): Promise<ReadState> {
    const state = ownLines.toSorted((one, other) => one - other).reduce(afterOwnLine, { ...unread, readLine })
    if (ownLines.length > maxOwnLines)
      await this.markRead([userId as UserId], conversationId as ConversationId, state.readLine)
    return state
  }
}
