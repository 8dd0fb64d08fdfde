import { Injectable } from '@nestjs/common'
import { collectionOf, InjectModel, type Model, upsertAll } from '@parley/platform/mongo/mongo.module'
import { messagesAfter } from '../domain/message'
import { lineOf, type MessageSentEvent, type TimelineEvent } from '../domain/timeline-event'
import { HeadDocument, InboxDocument, type LastMessage, MessageDocument } from './documents'
import { ownLine } from './inbox-rows'

/**
 * Folds events into `messages`, `conversation_heads` and the own lines of `inbox`. Of each message the newest state stays, so
 * that applying twice, or in another order, is applying once.
 */
@Injectable()
export class Projections {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    @InjectModel(HeadDocument) private readonly heads: Model<typeof HeadDocument>,
    @InjectModel(InboxDocument) private readonly inbox: Model<typeof InboxDocument>,
  ) {}

  async apply(events: readonly TimelineEvent[]): Promise<void> {
    await Promise.all([this.rebuild(events), this.#applyOwnLines(events)])
  }

  /** Without the own lines, which are kept beside what people have read and are no mere projection. */
  async rebuild(events: readonly TimelineEvent[]): Promise<void> {
    await this.#applyMessages(events)
    // Last: whoever sees the head finds the message that it names.
    await this.applyHeads(events)
  }

  /** Only where the conversations stand: for an import, which writes the rest in bulk. */
  async applyHeads(events: readonly TimelineEvent[]): Promise<void> {
    if (events.length === 0) return
    const changedAt = new Date()
    await upsertAll(
      collectionOf(this.heads),
      [...headsOf(events)].map(([_id, head]) => ({ filter: { _id }, update: { $max: { ...head, changedAt } } })),
    )
  }

  /** Before a rebuild: what is folded again starts from nothing. */
  async clear(): Promise<void> {
    await this.messages.deleteMany({})
    await this.heads.deleteMany({})
  }

  async #applyMessages(events: readonly TimelineEvent[]): Promise<void> {
    const newest = [...messagesAfter(events).values()]
    if (newest.length === 0) return
    await upsertAll(
      collectionOf(this.messages),
      newest.map(({ id: _id, ...message }) => ({
        filter: { _id, version: { $lt: message.version } },
        update: { $set: message },
      })),
    )
  }

  async #applyOwnLines(events: readonly TimelineEvent[]): Promise<void> {
    const made = events.filter((event) => lineOf(event) !== null)
    if (made.length === 0) return
    await upsertAll(
      collectionOf(this.inbox),
      made.map(({ conversationId, actorId, lines }) => ownLine(actorId, conversationId, lines)),
    )
  }
}

type Head = Pick<HeadDocument, 'headSeq' | 'lines' | 'lastMessage'>

function headsOf(events: readonly TimelineEvent[]): ReadonlyMap<string, Head> {
  const heads = new Map<string, Head>()
  for (const event of events) {
    const { headSeq, lines, lastMessage } = heads.get(event.conversationId) ?? { headSeq: 0, lines: 0 }
    const isNewest = event.type === 'MessageSent' && event.seq > (lastMessage?.seq ?? 0)
    const newest = isNewest ? placeOf(event) : lastMessage
    heads.set(event.conversationId, {
      headSeq: Math.max(headSeq, event.seq),
      lines: Math.max(lines, event.lines),
      ...(newest === undefined ? {} : { lastMessage: newest }),
    })
  }
  return heads
}

const placeOf = ({ seq, data }: MessageSentEvent): LastMessage => ({ seq, id: data.messageId })
