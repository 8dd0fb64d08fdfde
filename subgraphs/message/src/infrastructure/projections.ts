import { Injectable } from '@nestjs/common'
import { collectionOf, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { messageOf } from '../domain/message'
import { isMessage, type MessageSentEvent, type TimelineEvent } from '../domain/timeline-event'
import { HeadDocument, type LastMessage, MessageDocument } from './documents'

/** Folds events into `messages` and `conversation_heads`. Idempotent and indifferent to order: applying twice is applying once. */
@Injectable()
export class Projections {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    @InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>,
  ) {}

  async apply(events: readonly TimelineEvent[]): Promise<void> {
    if (events.length === 0) return
    const messages = events.filter(isMessage).map(messageOf)
    if (messages.length > 0) {
      await collectionOf(this.messages).bulkWrite(
        messages.map(({ id, ...message }) => ({
          updateOne: { filter: { _id: id }, update: { $setOnInsert: message }, upsert: true },
        })),
        { ordered: false },
      )
    }
    await this.applyHeads(events)
  }

  /** Only where the conversations stand: for an import, which writes the messages in bulk. */
  async applyHeads(events: readonly TimelineEvent[]): Promise<void> {
    if (events.length === 0) return
    await collectionOf(this.heads).bulkWrite(
      [...headsOf(events)].map(([_id, head]) => ({
        updateOne: { filter: { _id }, update: { $max: head }, upsert: true },
      })),
      { ordered: false },
    )
  }

  /** Before a rebuild: what is folded again starts from nothing. */
  async clear(): Promise<void> {
    await this.messages.deleteMany({})
    await this.heads.deleteMany({})
  }
}

type Head = Pick<HeadDocument, 'headSeq' | 'lastMessage'>

function headsOf(events: readonly TimelineEvent[]): ReadonlyMap<string, Head> {
  const heads = new Map<string, Head>()
  for (const event of events) {
    const { headSeq, lastMessage } = heads.get(event.conversationId) ?? { headSeq: 0 }
    const newest = isMessage(event) && event.seq > (lastMessage?.seq ?? 0) ? placeOf(event) : lastMessage
    heads.set(event.conversationId, {
      headSeq: Math.max(headSeq, event.seq),
      ...(newest === undefined ? {} : { lastMessage: newest }),
    })
  }
  return heads
}

const placeOf = ({ seq, data }: MessageSentEvent): LastMessage => ({ seq, id: data.messageId })
