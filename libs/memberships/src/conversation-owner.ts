import { Injectable } from '@nestjs/common'
import { RequestClient } from '@parley/platform/kafka/request-client'
import type { Membership } from './membership'

/** Asks the subgraph that owns conversations. Rejects with UNAVAILABLE when it does not answer. */
export abstract class ConversationOwner {
  /** `null`: there is no such conversation. */
  abstract describe(conversationId: string): Promise<Membership | null>
}

@Injectable()
export class KafkaConversationOwner extends ConversationOwner {
  constructor(private readonly requests: RequestClient) {
    super()
  }

  async describe(conversationId: string): Promise<Membership | null> {
    const reply = await this.requests.request('parley.conversation.describe', conversationId, { conversationId })
    return reply === null ? null : { conversationId, version: reply.streamVersion, members: reply.members }
  }
}
