import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { ConversationDirectory, type ConversationSummary } from './conversation-directory'

/**
 * The conversations of these ids, in the order of the ids; null where the viewer is not a member or it does not exist.
 */
export class GetConversations extends Query<readonly (ConversationSummary | null)[]> {
  constructor(
    readonly viewer: UserId,
    readonly ids: readonly ConversationId[],
  ) {
    super()
  }
}

@QueryHandler(GetConversations)
export class GetConversationsHandler implements IQueryHandler<GetConversations> {
  constructor(private readonly directory: ConversationDirectory) {}

  async execute({ viewer, ids }: GetConversations): Promise<readonly (ConversationSummary | null)[]> {
    const visible = await this.directory.visibleTo(viewer, ids)
    const byId = new Map(visible.map((conversation) => [conversation.id, conversation]))
    return ids.map((id) => byId.get(id) ?? null)
  }
}
