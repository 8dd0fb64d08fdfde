import { Injectable } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { type ConversationHead, ConversationHeads } from '../application/conversation-heads'
import { HeadDocument } from './documents'

@Injectable()
export class MongoConversationHeads extends ConversationHeads {
  constructor(@InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>) {
    super()
  }

  async load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    const rows = await this.heads.find({ _id: { $in: [...conversationIds] } }).lean()
    return new Map(rows.map(({ _id, headSeq, lastMessageSeq }) => [_id as ConversationId, { headSeq, lastMessageSeq }]))
  }
}
