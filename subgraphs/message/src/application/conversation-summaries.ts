import { Injectable } from '@nestjs/common'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import DataLoader from 'dataloader'
import type { Message } from '../domain/message'
import { ConversationHeads, type ConversationHead } from './conversation-heads'
import { Messages } from './messages'
import { ReadPositions } from './read-positions'

interface Reading {
  readonly userId: UserId
  readonly conversationId: ConversationId
}

const empty: ConversationHead = { headSeq: 0, lastMessageId: null }

/**
 * What a list of conversations shows of each. Fifty rows ask for the same things in the same tick, so each kind of thing is
 * read once for all of them; nothing is remembered between ticks. Callers have asked Admission before.
 */
@Injectable()
export class ConversationSummaries {
  readonly #heads: DataLoader<ConversationId, ConversationHead>
  readonly #lastMessages: DataLoader<MessageId, Message | null>
  readonly #readSeqs: DataLoader<Reading, number>

  constructor(
    heads: ConversationHeads,
    messages: Messages,
    private readonly positions: ReadPositions,
  ) {
    this.#heads = new DataLoader(
      async (ids) => {
        const found = await heads.load(ids)
        return ids.map((id) => found.get(id) ?? empty)
      },
      { cache: false },
    )
    this.#lastMessages = new DataLoader(
      async (ids) => {
        const found = new Map((await messages.byId(ids)).map((message) => [message.id, message]))
        return ids.map((id) => found.get(id) ?? null)
      },
      { cache: false },
    )
    this.#readSeqs = new DataLoader((readings) => this.#loadReadSeqs(readings), { cache: false })
  }

  async headSeq(conversationId: ConversationId): Promise<number> {
    return (await this.#heads.load(conversationId)).headSeq
  }

  async lastMessage(conversationId: ConversationId): Promise<Message | null> {
    const { lastMessageId } = await this.#heads.load(conversationId)
    return lastMessageId === null ? null : this.#lastMessages.load(lastMessageId)
  }

  readSeq(userId: UserId, conversationId: ConversationId): Promise<number> {
    return this.#readSeqs.load({ userId, conversationId })
  }

  async unreadCount(userId: UserId, conversationId: ConversationId): Promise<number> {
    const [headSeq, readSeq] = await Promise.all([this.headSeq(conversationId), this.readSeq(userId, conversationId)])
    return readSeq >= headSeq ? 0 : this.positions.countUnread(conversationId, userId, readSeq, headSeq)
  }

  async #loadReadSeqs(readings: readonly Reading[]): Promise<readonly number[]> {
    const byUser = Map.groupBy(readings, ({ userId }) => userId)
    const loaded = new Map(
      await Promise.all(
        [...byUser].map(
          async ([userId, asked]) =>
            [
              userId,
              await this.positions.load(
                userId,
                asked.map(({ conversationId }) => conversationId),
              ),
            ] as const,
        ),
      ),
    )
    return readings.map(({ userId, conversationId }) => loaded.get(userId)?.get(conversationId) ?? 0)
  }
}
