import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { ConversationId } from '@parley/kernel/ids'
import { ConversationDirectory, type MemberSummary } from './conversation-directory'

/**
 * The members of each conversation, in the order of the ids. Checks no permission: callers have loaded the conversation
 * for the viewer.
 */
export class GetMembers extends Query<readonly (readonly MemberSummary[])[]> {
  constructor(readonly ids: readonly ConversationId[]) {
    super()
  }
}

@QueryHandler(GetMembers)
export class GetMembersHandler implements IQueryHandler<GetMembers> {
  constructor(private readonly directory: ConversationDirectory) {}

  async execute({ ids }: GetMembers): Promise<readonly (readonly MemberSummary[])[]> {
    const members = await this.directory.membersOf(ids)
    return ids.map((id) => members.get(id) ?? [])
  }
}
