import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { noSuchConversation } from '../domain/policy'
import { ConversationDirectory, type ConversationSummary } from './conversation-directory'

/**
 * Rejects with NOT_FOUND both for a conversation that does not exist and for one that the viewer is not a member of.
 */
export class GetConversation extends Query<ConversationSummary> {
  constructor(
    readonly viewer: UserId,
    readonly id: ConversationId,
  ) {
    super()
  }
}

@QueryHandler(GetConversation)
export class GetConversationHandler implements IQueryHandler<GetConversation> {
  constructor(private readonly directory: ConversationDirectory) {}

  async execute({ viewer, id }: GetConversation): Promise<ConversationSummary> {
    const [conversation] = await this.directory.visibleTo(viewer, [id])
    if (conversation === undefined) throw noSuchConversation()
    return conversation
  }
}
