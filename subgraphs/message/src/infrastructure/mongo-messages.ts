import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, type Filter, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { Messages } from '../application/current-messages'
import type { Message } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { MessageDocument } from './documents'
import { toMessage } from './message-rows'
import { Projections } from './projections'

@Injectable()
export class MongoMessages extends Messages {
  constructor(
    @InjectModel(MessageDocument) private readonly messages: Model<typeof MessageDocument>,
    private readonly projections: Projections,
  ) {
    super()
  }

  async byId(ids: readonly MessageId[]): Promise<readonly Message[]> {
    return ids.length === 0 ? [] : (await findByIds(this.messages, ids)).map(toMessage)
  }

  async inLines(conversationId: ConversationId, from: number, to: number): Promise<readonly Message[]> {
    return to < from ? [] : this.#found({ conversationId, line: { $gte: from, $lte: to } }, { line: 1 })
  }

  async inThread(threadId: MessageId, from: number, to: number): Promise<readonly Message[]> {
    return to < from ? [] : this.#found({ threadId, threadLine: { $gte: from, $lte: to } }, { threadLine: 1 })
  }

  pinnedIn(conversationId: ConversationId): Promise<readonly Message[]> {
    return this.#found({ pinnedIn: conversationId }, {})
  }

  fold(events: readonly TimelineEvent[]): Promise<void> {
    // With own lines: the writer may have died before it stored them, and a head must not count what they lack.
    return this.projections.apply(events)
  }

  apply(events: readonly TimelineEvent[]): Promise<void> {
    return this.projections.applyMessages(events)
  }

  /** The order is that of an index, so that the default engine need not compare plans (`findByIds`). */
  async #found(filter: Filter<MessageDocument>, order: Record<string, 1>): Promise<readonly Message[]> {
    const rows = await collectionOf(this.messages).find(filter).sort(order).toArray()
    return rows.map(toMessage)
  }
}
