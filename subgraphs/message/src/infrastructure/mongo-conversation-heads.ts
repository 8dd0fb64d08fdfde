import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { type ConversationHead, ConversationHeads } from '../application/conversation-heads'
import { HeadDocument } from './documents'

@Injectable()
export class MongoConversationHeads extends ConversationHeads {
  constructor(@InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>) {
    super()
  }

  async load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    const rows = await collectionOf(this.heads)
      .find({ _id: { $in: [...conversationIds] } })
      .toArray()
    return new Map(rows.map((row) => [row._id as ConversationId, headOf(row)]))
  }
}

const headOf = ({
  headSeq,
  lines,
  detailsSeq = 0,
  lastMessage,
  foldedSeq = 0,
  changedAt,
}: HeadDocument): ConversationHead => ({
  seq: headSeq,
  lines,
  detailsSeq,
  lastMessageId: (lastMessage?.id ?? null) as MessageId | null,
  foldedSeq,
  changedAt,
})
