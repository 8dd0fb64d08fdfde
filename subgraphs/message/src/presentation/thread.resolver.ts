import { CommandBus, QueryBus } from '@nestjs/cqrs'
import {
  Args,
  ArgsType,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql'
import { conversationId, messageId } from '@parley/kernel/ids'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { listArgs, ListCost } from '@parley/platform/listing/list-args'
import { GetThread } from '../application/get-thread'
import { ListThreads } from '../application/list-threads'
import { MarkThreadRead } from '../application/mark-thread-read'
import { Loaders } from './loaders'
import { MessageType, messageView } from './message.types'
import { LineArgs, PageCost, pageRange } from './page-args'
import { ThreadConnectionType, ThreadPageType, ThreadType } from './thread-list.types'
import { threadConnectionView, threadPageView, threadPlaceAt } from './thread-views'

const usualPage = 20

@ArgsType()
class ThreadsArgs extends listArgs(usualPage) {}

@ArgsType()
class ThreadArgs extends LineArgs {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ID, { description: 'The id of the message that the thread is about.' })
  rootId!: string

  @Field(() => ID, { nullable: true, description: 'The lines around this reply, also when it was deleted.' })
  aroundMessage?: string | null
}

@InputType({ description: 'The read position of the viewer in a thread.' })
class MarkThreadReadInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ID, { description: 'The id of the message that the thread is about.' })
  rootId!: string

  @Field(() => Int, { description: 'The last line of the thread that was seen. A lower one than before is ignored.' })
  line!: number
}

@ObjectType({ description: 'The read position of the viewer in the thread, as it is now.' })
class MarkThreadReadPayload extends PayloadType {
  @Field(() => Int, { nullable: true, description: 'The line up to which the viewer has read; null with errors.' })
  readLine?: number

  @Field(() => Int, { nullable: true, description: 'The number of unread lines; null with errors.' })
  unreadCount?: number
}

@Resolver(() => ThreadType)
export class ThreadResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly loaders: Loaders,
  ) {}

  @Query(() => ThreadPageType, {
    nullable: true,
    description:
      'The thread of a message: its last replies, or those before, after or around a line of it or a reply. INVALID_INPUT for more than one place. New replies are in the timeline of the conversation.',
  })
  @PageCost()
  async thread(@SignedIn() { userId }: Viewer, @Args() args: ThreadArgs): Promise<ThreadPageType> {
    const { conversationId: id, rootId, ...page } = args
    const ids = { conversationId: conversationId(id), rootId: messageId(rootId), userId }
    return threadPageView(await this.queries.execute(new GetThread({ ...ids, range: pageRange(page) })))
  }

  @Query(() => ThreadConnectionType, {
    nullable: true,
    description: 'The threads that the viewer follows, the last with a reply first: at most 500.',
  })
  @ListCost(usualPage)
  async threads(@SignedIn() { userId }: Viewer, @Args() { first, after }: ThreadsArgs): Promise<ThreadConnectionType> {
    const place = typeof after === 'string' ? threadPlaceAt(after) : null
    return threadConnectionView(await this.queries.execute(new ListThreads(userId, first ?? usualPage, place)))
  }

  @Mutation(() => MarkThreadReadPayload, {
    nullable: true,
    description: 'Moves the viewer’s read position in a thread forward.',
  })
  markThreadRead(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The thread and the line.' }) input: MarkThreadReadInput,
  ): Promise<MarkThreadReadPayload> {
    return mutationPayload(async () => {
      const ids = [conversationId(input.conversationId), messageId(input.rootId)] as const
      const { readLine, unread } = await this.commands.execute(new MarkThreadRead(...ids, userId, input.line))
      return { readLine, unreadCount: unread }
    })
  }

  /** A list has it already; a live frame only its id. */
  @ResolveField()
  async root(@Parent() { root, rootId }: ThreadType, @SignedIn() { userId }: Viewer): Promise<MessageType | null> {
    if (root !== undefined) return root
    const message = await this.loaders.message(userId, messageId(rootId))
    return message === null ? null : messageView(message)
  }
}
