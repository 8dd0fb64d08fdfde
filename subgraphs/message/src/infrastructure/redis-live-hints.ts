import { Injectable, Logger } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { LiveHints } from '../application/live-hints'
import type { TimelineEvent } from '../domain/timeline-event'

const channel = (conversationId: string): string => `timeline:{${conversationId}}`

/** Live hints over Redis pub/sub, each with the whole event, so that following costs no read of the log. */
@Injectable()
export class RedisLiveHints extends LiveHints {
  readonly #logger = new Logger(RedisLiveHints.name)

  constructor(private readonly pubsub: RedisPubSub) {
    super()
  }

  async publish(events: readonly TimelineEvent[]): Promise<void> {
    const results = await Promise.allSettled(
      events.map((event) => this.pubsub.publish(channel(event.conversationId), event)),
    )
    const lost = results.filter((result) => result.status === 'rejected').length
    if (lost > 0) this.#logger.warn({ lost }, 'Redis took no hints; streams go on from the log')
  }

  async subscribe(conversationId: ConversationId, onEvent: (event: TimelineEvent) => void): Promise<() => void> {
    const id = await this.pubsub.subscribe<TimelineEvent>(channel(conversationId), (event) =>
      onEvent({ ...event, at: new Date(event.at) }),
    )
    return () => this.pubsub.unsubscribe(id)
  }
}
