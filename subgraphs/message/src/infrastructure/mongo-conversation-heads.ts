import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { type ConversationHead, ConversationHeads } from '../application/conversation-heads'
import { EventDocument, HeadDocument } from './documents'

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
    const heads = await Promise.all(rows.map((row) => this.#headOf(row)))
    return new Map(rows.map(({ _id }, index) => [_id as ConversationId, heads[index] as ConversationHead]))
  }

  async #headOf(row: HeadDocument): Promise<ConversationHead> {
    const { headSeq, lastMessage, lastMessageSeq = 0 } = row
    const id =
      (lastMessage?.seq ?? 0) >= lastMessageSeq ? lastMessage?.id : await this.#complete(row._id, lastMessageSeq)
    return { headSeq, lastMessageId: (id ?? null) as MessageId | null }
  }

  /** A head of before heads knew ids learns it now; done twice it is the same. */
  async #complete(conversationId: string, seq: number): Promise<string | undefined> {
    const event = await this.events.findOne({ conversationId, seq }, { _id: 1 }).lean()
    if (event === null) return undefined
    await this.heads.updateOne({ _id: conversationId }, { $max: { lastMessage: { seq, id: event._id } } })
    return event._id
  }
}
