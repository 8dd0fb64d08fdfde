import { QueryBus } from '@nestjs/cqrs'
import { Args, Directive, Parent, ResolveField, Resolver } from '@nestjs/graphql'
import { conversationId, messageId } from '@parley/kernel/ids'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { ListVersions } from '../application/list-versions'
import { MessageType } from './message.types'
import { LineArgs, PageCost } from './page-args'
import { MessageVersionPageType, versionPageView } from './version.types'

@Resolver(() => MessageType)
export class VersionResolver {
  constructor(private readonly queries: QueryBus) {}

  /** Per viewer, so that a frame that is made once for all followers never reads the log for it. */
  @ResolveField(() => MessageVersionPageType, {
    nullable: true,
    description:
      'Its texts from the one that was sent to the present one, each a line of a list of their own: the last ones, or those before, after or around one. None when it was deleted.',
  })
  @Directive('@perViewer')
  @PageCost('versions')
  async versions(
    @Parent() { id, conversationId: inConversation, editCount, deletedAt }: MessageType,
    @SignedIn() { userId }: Viewer,
    @Args() range: LineArgs,
  ): Promise<MessageVersionPageType | null> {
    const message = {
      id: messageId(id),
      conversationId: conversationId(inConversation),
      editCount,
      deletedAt: deletedAt ?? null,
    }
    const page = await this.queries.execute(new ListVersions(message, userId, range))
    return page === null ? null : versionPageView(page)
  }
}
