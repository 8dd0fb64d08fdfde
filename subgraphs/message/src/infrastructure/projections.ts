import { Injectable } from '@nestjs/common'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { isMessage, type MessageSentEvent, type TimelineEvent } from '../domain/timeline-event'
import { HeadDocument, MessageDocument } from './documents'

const toMessage = ({ data, conversationId, seq, actorId, clientId, at }: MessageSentEvent): MessageDocument => ({
  _id: data.messageId,
  conversationId,
  seq,
  authorId: actorId,
  clientId,
  text: data.text,
  sentAt: at,
})

/** Folds events into `messages` and `conversation_heads`. Idempotent and indifferent to order: applying twice is applying once. */
@Injectable()
export class Projections {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    @InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>,
  ) {}

  async apply(events: readonly TimelineEvent[]): Promise<void> {
    if (events.length === 0) return
    const messages = events.filter(isMessage).map(toMessage)
    if (messages.length > 0) {
      await this.messages.collection.bulkWrite(
        messages.map(({ _id, ...message }) => ({ updateOne: { filter: { _id }, update: { $setOnInsert: message }, upsert: true } })),
        { ordered: false },
      )
    }
    await this.heads.collection.bulkWrite(
      [...headsOf(events)].map(([_id, head]) => ({ updateOne: { filter: { _id }, update: { $max: head }, upsert: true } })),
      { ordered: false },
    )
  }

  /** Before a rebuild: what is folded again starts from nothing. */
  async clear(): Promise<void> {
    await this.messages.deleteMany({})
    await this.heads.deleteMany({})
  }
}

function headsOf(events: readonly TimelineEvent[]): ReadonlyMap<string, Pick<HeadDocument, 'headSeq' | 'lastMessageSeq'>> {
  const heads = new Map<string, Pick<HeadDocument, 'headSeq' | 'lastMessageSeq'>>()
  for (const event of events) {
    const head = heads.get(event.conversationId) ?? { headSeq: 0, lastMessageSeq: 0 }
    heads.set(event.conversationId, {
      headSeq: Math.max(head.headSeq, event.seq),
      lastMessageSeq: isMessage(event) ? Math.max(head.lastMessageSeq, event.seq) : head.lastMessageSeq,
    })
  }
  return heads
}
