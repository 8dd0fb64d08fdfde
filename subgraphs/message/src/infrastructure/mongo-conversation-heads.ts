import { Injectable } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { type ConversationHead, ConversationHeads, type Position } from '../application/conversation-heads'
import { isMessage, type MessageSentEvent } from '../domain/timeline-event'
import { EventDocument, HeadDocument } from './documents'
import { toEvent } from './event-documents'

@Injectable()
export class MongoConversationHeads extends ConversationHeads {
  constructor(
    @InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>,
    @InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>,
  ) {
    super()
  }

  async load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    const rows = await this.heads.find({ _id: { $in: [...conversationIds] } }).lean()
    return new Map(rows.map(({ _id, headSeq, lastMessageSeq }) => [_id as ConversationId, { headSeq, lastMessageSeq }]))
  }

  async messagesAt(positions: readonly Position[]): Promise<readonly MessageSentEvent[]> {
    if (positions.length === 0) return []
    const rows = await this.events.find({ $or: positions.map(({ conversationId, seq }) => ({ conversationId, seq })) }).lean()
    return rows.map(toEvent).filter(isMessage)
  }
}
