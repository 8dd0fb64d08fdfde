import { QueryBus } from '@nestjs/cqrs'
import {
  Args,
  ArgsType,
  Context,
  Directive,
  ID,
  Parent,
  Query,
  ResolveField,
  Resolver,
  ResolveReference,
} from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { listArgs, ListCost } from '@parley/platform/listing/list-args'
import { GetConversation } from '../application/get-conversation'
import { ListConversations } from '../application/list-conversations'
import { ConversationLoaders } from './conversation-loaders'
import { ConversationConnectionType, ConversationType, MemberType } from './conversation.types'
import { positionOf } from './cursor'
import { UserReference } from './entity-references'
import { connectionView, conversationView, memberView } from './views'

const usualPage = 50

@ArgsType()
class ConversationsArgs extends listArgs(usualPage) {}

@Resolver(() => ConversationType)
export class ConversationResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly loaders: ConversationLoaders,
  ) {}

  @ResolveReference()
  async resolveReference(
    @Parent() { id }: { id: string },
    @Context() operation: GraphQLContext,
  ): Promise<ConversationType | null> {
    const conversation = await this.loaders.conversation(operation, id)
    return conversation === null ? null : conversationView(conversation)
  }

  @Query(() => ConversationType, {
    nullable: true,
    description: 'A conversation of the viewer; NOT_FOUND for any other, whether it exists or not.',
  })
  async conversation(
    @SignedIn() { userId }: Viewer,
    @Args('id', { type: () => ID, description: 'The id of the conversation.' }) id: string,
  ): Promise<ConversationType> {
    return conversationView(await this.queries.execute(new GetConversation(userId, conversationId(id))))
  }

  @Query(() => ConversationConnectionType, {
    nullable: true,
    description: 'The conversations of the viewer, last activity first.',
  })
  @ListCost(usualPage)
  async conversations(
    @SignedIn() { userId }: Viewer,
    @Args() { first, after }: ConversationsArgs,
  ): Promise<ConversationConnectionType> {
    const position = typeof after === 'string' ? positionOf(after) : null
    return connectionView(await this.queries.execute(new ListConversations(userId, first ?? usualPage, position)))
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'The id of the other person of a direct conversation; null for a group.',
  })
  peerId(@Parent() conversation: ConversationType, @Context() operation: GraphQLContext): Promise<string | null> {
    return this.loaders.peerId(operation, conversation)
  }

  @ResolveField(() => UserReference, {
    nullable: true,
    description: 'The other person of a direct conversation; null for a group, and while accounts are unavailable.',
  })
  async peer(
    @Parent() conversation: ConversationType,
    @Context() operation: GraphQLContext,
  ): Promise<UserReference | null> {
    const id = await this.loaders.peerId(operation, conversation)
    return id === null ? null : { id }
  }

  @ResolveField(() => [MemberType], { description: 'The members, longest-standing first.' })
  @Directive('@listSize(assumedSize: 100)')
  async members(@Parent() { id }: ConversationType, @Context() operation: GraphQLContext): Promise<MemberType[]> {
    return (await this.loaders.members(operation, id)).map(memberView)
  }
}
