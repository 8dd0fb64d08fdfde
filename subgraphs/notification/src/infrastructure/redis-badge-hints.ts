import { Injectable, Logger } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { BadgeHints } from '../application/badge-hints'

interface Hint {
  readonly conversationId: ConversationId
}

const channel = (userId: UserId): string => `badge:{${userId}}`

@Injectable()
export class RedisBadgeHints extends BadgeHints {
  readonly #logger = new Logger(RedisBadgeHints.name)

  constructor(private readonly pubsub: RedisPubSub) {
    super()
  }

  async publish(userIds: readonly UserId[], conversationId: ConversationId): Promise<void> {
    const hint: Hint = { conversationId }
    const results = await Promise.allSettled(userIds.map((userId) => this.pubsub.publish(channel(userId), hint)))
    const lost = results.filter(({ status }) => status === 'rejected').length
    if (lost > 0) this.#logger.warn({ lost }, 'Redis took no hints; badges go on from the re-count')
  }

  async subscribe(userId: UserId, onChange: (conversationId: ConversationId) => void): Promise<() => void> {
    const id = await this.pubsub.subscribe<Hint>(channel(userId), ({ conversationId }) => onChange(conversationId))
    return () => this.pubsub.unsubscribe(id)
  }
}
