import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { ReadPositions } from '../application/read-positions'
import { ReadPositionDocument } from './documents'
import { RecentAuthors } from './recent-authors'
import { TimelineRelay } from './timeline-relay'

/** Beyond this many positions back, unread messages are not counted one by one: a badge says 99+ long before. */
const countedRange = 1_000

@Injectable()
export class MongoReadPositions extends ReadPositions {
  constructor(
    @InjectModel(ReadPositionDocument) private readonly positions: Model<typeof ReadPositionDocument>,
    private readonly authors: RecentAuthors,
    private readonly relay: TimelineRelay,
  ) {
    super()
  }

  async advance(conversationId: ConversationId, userId: UserId, seq: number): Promise<void> {
    try {
      // Matches nothing when the position is there already or further: then the upsert meets the document and loses.
      await this.positions.updateOne(
        { _id: `${userId}:${conversationId}`, seq: { $lt: seq } },
        { $set: { seq, pending: seq }, $setOnInsert: { userId, conversationId } },
        { upsert: true },
      )
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    this.relay.ring()
  }

  async load(userId: UserId, conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, number>> {
    const rows = await this.positions.find({ userId, conversationId: { $in: [...conversationIds] } }).lean()
    return new Map(rows.map((row) => [row.conversationId as ConversationId, row.seq]))
  }

  async countUnread(conversationId: ConversationId, userId: UserId, after: number, headSeq: number): Promise<number> {
    const from = Math.max(after, headSeq - countedRange)
    if (from >= headSeq) return 0
    const authors = await this.authors.between(conversationId, from + 1, headSeq)
    return authors.filter((author) => author !== null && author !== userId).length
  }
}
