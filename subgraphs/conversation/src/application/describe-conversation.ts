import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { ConversationId } from '@parley/kernel/ids'
import { Conversations, type DescribedConversation } from './conversations'

/** For replicas of other subgraphs with a gap: the state and its version; null for no such conversation. */
export class DescribeConversation extends Query<DescribedConversation | null> {
  constructor(readonly id: ConversationId) {
    super()
  }
}

@QueryHandler(DescribeConversation)
export class DescribeConversationHandler implements IQueryHandler<DescribeConversation> {
  constructor(private readonly conversations: Conversations) {}

  execute({ id }: DescribeConversation): Promise<DescribedConversation | null> {
    return this.conversations.describe(id)
  }
}
