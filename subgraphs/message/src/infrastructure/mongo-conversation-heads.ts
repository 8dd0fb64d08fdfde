import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { type ConversationHead, ConversationHeads } from '../application/conversation-heads'
import { HeadDocument } from './documents'
import { type Head, headsOf, laterHead, noHead } from './heads'
import { UnappliedEvents } from './unapplied-events'

type StoredHead = Head & Pick<HeadDocument, 'changedAt'>

@Injectable()
export class MongoConversationHeads extends ConversationHeads {
  constructor(
    @InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>,
    private readonly unapplied: UnappliedEvents,
  ) {
    super()
  }

  async load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    const newer = headsOf(this.unapplied.of(conversationIds))
    const rows = await findByIds(this.heads, conversationIds)
    const heads = new Map<string, StoredHead>(rows.map((row) => [row._id, row]))
    const changedAt = new Date()
    for (const [id, head] of newer) heads.set(id, laterHead({ ...(heads.get(id) ?? noHead), changedAt }, head))
    return new Map([...heads].map(([id, head]) => [id as ConversationId, headOf(head)]))
  }
}

const headOf = ({
  headSeq,
  lines,
  detailsSeq = 0,
  lastMessage,
  pins,
  foldedSeq = 0,
  changedAt,
}: StoredHead): ConversationHead => ({
  seq: headSeq,
  lines,
  detailsSeq,
  lastMessageId: (lastMessage?.id ?? null) as MessageId | null,
  pinnedCount: pins?.count ?? 0,
  foldedSeq,
  changedAt,
})
