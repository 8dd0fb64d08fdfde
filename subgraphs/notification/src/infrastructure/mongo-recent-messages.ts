import { Injectable } from '@nestjs/common'
import { type ConversationId, conversationId as parseConversationId, userId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { RecentMessages } from '../application/recent-messages'
import type { SentMessage } from '../domain/notification'
import { RecentMessageDocument } from './documents'
import { insertMissing } from '@parley/platform/mongo/insert-missing'

const batchSize = 200

@Injectable()
export class MongoRecentMessages extends RecentMessages {
  constructor(@InjectModel(RecentMessageDocument) private readonly messages: Model<typeof RecentMessageDocument>) {
    super()
  }

  remember({ eventId: _id, conversationId, seq, authorId, excerpt, at }: SentMessage): Promise<void> {
    return insertMissing(this.messages, [{ _id, conversationId, seq, authorId, excerpt, at }])
  }

  async *since(conversationId: ConversationId, at: Date): AsyncGenerator<readonly SentMessage[]> {
    const cursor = this.messages
      .find({ conversationId, at: { $gte: at } })
      .lean()
      .cursor({ batchSize })
    let batch: SentMessage[] = []
    for await (const row of cursor) {
      batch.push(toMessage(row))
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }
}

const toMessage = ({ _id, conversationId, seq, authorId, excerpt, at }: RecentMessageDocument): SentMessage => ({
  eventId: _id,
  conversationId: parseConversationId(conversationId),
  seq,
  authorId: userId(authorId),
  excerpt,
  at,
})
