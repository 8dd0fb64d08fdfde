import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { collectionOf, type Filter, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { mongo } from 'mongoose'
import { Messages } from '../application/current-messages'
import type { Message } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { MessageDocument, messagesByLine, messagesByThreadLine } from './documents'
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
    if (ids.length === 0) return []
    const rows = await collectionOf(this.messages)
      .find({ _id: { $in: [...ids] } })
      .toArray()
    return rows.map(toMessage)
  }

  async inLines(conversationId: ConversationId, from: number, to: number): Promise<readonly Message[]> {
    return to < from ? [] : this.#found({ conversationId, line: { $gte: from, $lte: to } }, messagesByLine)
  }

  async inThread(threadId: MessageId, from: number, to: number): Promise<readonly Message[]> {
    return to < from ? [] : this.#found({ threadId, threadLine: { $gte: from, $lte: to } }, messagesByThreadLine)
  }

  async pinnedIn(conversationId: ConversationId): Promise<readonly Message[]> {
    const rows = await collectionOf(this.messages).find({ pinnedIn: conversationId }).toArray()
    return rows.map(toMessage)
  }

  fold(events: readonly TimelineEvent[]): Promise<void> {
    // With own lines: the writer may have died before it stored them, and a head must not count what they lack.
    return this.projections.apply(events)
  }

  apply(events: readonly TimelineEvent[]): Promise<void> {
    return this.projections.applyMessages(events)
  }

  async #found(filter: Filter<MessageDocument>, hint: mongo.IndexSpecification): Promise<readonly Message[]> {
    const messages = collectionOf(this.messages)
    const rows = await messages
      .find(filter, { hint })
      .toArray()
      .catch((error: unknown) => {
        if (!isBadValue(error)) throw error
        // Without the index, a page is slow and not an error.
        return messages.find(filter).toArray()
      })
    return rows.map(toMessage)
  }
}

/** The engine's answer to a hint at an index that does not exist. */
const isBadValue = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 2
