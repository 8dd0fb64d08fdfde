import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { type Page, readPage } from '@parley/platform/listing/read-page'
import { ConversationDirectory, type ConversationSummary, type ListPosition } from './conversation-directory'

export class ListConversations extends Query<Page<ConversationSummary>> {
  constructor(
    readonly viewer: UserId,
    readonly first: number,
    readonly after: ListPosition | null,
  ) {
    super()
  }
}

@QueryHandler(ListConversations)
export class ListConversationsHandler implements IQueryHandler<ListConversations> {
  constructor(private readonly directory: ConversationDirectory) {}

  execute({ viewer, first, after }: ListConversations): Promise<Page<ConversationSummary>> {
    return readPage('conversations', { first, after }, (limit) => this.directory.listOf(viewer, after, limit))
  }
}
