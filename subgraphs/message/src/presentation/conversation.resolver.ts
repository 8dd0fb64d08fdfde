import { QueryBus } from '@nestjs/cqrs'
import { Args, Directive, Int, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql'
import { type ConversationId, conversationId } from '@parley/kernel/ids'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { Admission } from '../application/admission'
import { GetHistory } from '../application/get-history'
import { ReadPositions } from '../application/read-positions'
import type { UserId } from '@parley/kernel/ids'
import { unreadMentions } from '../domain/mention-marks'
import { unreadLines } from '../domain/read-state'
import { Loaders } from './loaders'
import { PageArgs, PageCost, pageDescription, pageRange } from './page-args'
import { ConversationReference } from './entity-references'
import { mentionCountDescription } from './inbox.types'
import { MessageType, messageView } from './message.types'
import { ReadPositionType, readPositionViews } from './reading.types'
import { TimelinePageType } from './timeline.types'
import { pageView } from './views'

/**
 * The timeline fields of a conversation. Each field checks whether the viewer may see it: a reference proves nothing.
 */
@Resolver(() => ConversationReference)
export class ConversationResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly admission: Admission,
    private readonly loaders: Loaders,
    private readonly positions: ReadPositions,
  ) {}

  @ResolveReference()
  resolveReference({ id }: ConversationReference): ConversationReference {
    return { id: conversationId(id) }
  }

  @ResolveField(() => TimelinePageType, {
    nullable: true,
    description: pageDescription,
  })
  @PageCost()
  async history(
    @Parent() { id }: ConversationReference,
    @SignedIn() viewer: Viewer,
    @Args() page: PageArgs,
  ): Promise<TimelinePageType> {
    return pageView(await this.queries.execute(new GetHistory(conversationId(id), viewer.userId, pageRange(page))))
  }

  @ResolveField(() => MessageType, {
    nullable: true,
    description:
      'The newest message, for lists: what has just been acknowledged may be missing for a moment, which `history` and `message` never lack. Null without messages.',
  })
  lastMessage(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<MessageType | null> {
    return this.#asMember(id, userId, async (conversation) => {
      const message = await this.loaders.lastMessage(conversation)
      return message === null ? null : messageView(message)
    })
  }

  @ResolveField(() => Int, { nullable: true, description: 'The highest seq of the conversation.' })
  headSeq(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    return this.#asMember(id, userId, async (conversation) => (await this.loaders.head(conversation))?.seq ?? 0)
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'The seq of the last event that changed its details, such as title and members; 0 for none.',
  })
  detailsSeq(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    return this.#asMember(id, userId, async (conversation) => (await this.loaders.head(conversation))?.detailsSeq ?? 0)
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'The line up to which the viewer has read; 0 for none.',
  })
  readLine(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    return this.#asMember(id, userId, async (conversation) => {
      return (await this.loaders.readState(userId, conversation)).readLine
    })
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'How often the viewer has marked the conversation as unread; name it in `markRead` and `markUnread`.',
  })
  readRevision(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    return this.#asMember(id, userId, async (conversation) => {
      return (await this.loaders.readState(userId, conversation)).revision
    })
  }

  @ResolveField(() => [ReadPositionType], {
    nullable: true,
    description:
      'How far the other members have read, of those who show it; live in `Subscription.readPositions`. Empty for a viewer who hides their own.',
  })
  @Directive('@listSize(assumedSize: 100)')
  readPositions(
    @Parent() { id }: ConversationReference,
    @SignedIn() { userId }: Viewer,
  ): Promise<ReadPositionType[] | null> {
    return this.#asMember(id, userId, async (conversation) => {
      return readPositionViews((await this.positions.of(conversation, userId)) ?? new Map())
    })
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'The number of unread lines: those of others after readLine, without the start of the conversation.',
  })
  unreadCount(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    return this.#asMember(id, userId, async (conversation) => {
      const [head, state] = await Promise.all([
        this.loaders.head(conversation),
        this.loaders.readState(userId, conversation),
      ])
      return unreadLines(state, head?.lines ?? 0)
    })
  }

  @ResolveField(() => Int, { nullable: true, description: mentionCountDescription })
  mentionCount(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    return this.#asMember(id, userId, async (conversation) => {
      const [head, state, marks] = await Promise.all([
        this.loaders.head(conversation),
        this.loaders.readState(userId, conversation),
        this.loaders.mentionMarks(userId, conversation),
      ])
      return unreadMentions(marks, state.readLine, head?.lines ?? 0)
    })
  }

  async #asMember<Result>(
    id: string,
    userId: UserId,
    read: (conversation: ConversationId) => Promise<Result>,
  ): Promise<Result | null> {
    const conversation = conversationId(id)
    return (await this.admission.maySee(conversation, userId)) ? read(conversation) : null
  }
}
