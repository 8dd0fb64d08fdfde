import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import { ConversationDirectory, type ConversationSummary, type ListPosition } from './conversation-directory'

export const maxListed = 100

export interface ConversationPage {
  readonly listed: readonly ConversationSummary[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export class ListConversations extends Query<ConversationPage> {
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

  async execute({ viewer, first, after }: ListConversations): Promise<ConversationPage> {
    if (first < 1 || first > maxListed)
      throw new DomainError('input', 'INVALID_INPUT', `Ask for 1 to ${maxListed} conversations at a time.`)
    const listed = await this.directory.listOf(viewer, after, first + 1)
    return {
      listed: listed.slice(0, first),
      hasNextPage: listed.length > first,
      // A cursor stands on a row that was listed before this page.
      hasPreviousPage: after !== null,
    }
  }
}
