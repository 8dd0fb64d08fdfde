import { CommandBus, QueryBus } from '@nestjs/cqrs'
import {
  Args,
  ArgsType,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql'
import { conversationId, messageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { listArgs, ListCost } from '@parley/platform/listing/list-args'
import { Admission } from '../application/admission'
import { ListBookmarks } from '../application/list-bookmarks'
import { AddBookmark, RemoveBookmark } from '../application/set-bookmark'
import { BookmarkConnectionType, bookmarkPlaceAt, bookmarksView } from './bookmark.types'
import { ConversationReference } from './entity-references'
import { Loaders } from './loaders'

const usualPage = 20

@ArgsType()
class BookmarksArgs extends listArgs(usualPage) {}

@InputType({ description: 'A message to bookmark, or not any more.' })
class BookmarkInput {
  @Field(() => ID, { description: 'The id of the message.' })
  messageId!: string
}

@ObjectType({ description: 'The viewer has bookmarked the message.' })
class AddBookmarkPayload extends PayloadType {
  @Field(() => ID, { nullable: true, description: 'The id of the message; null with errors.' })
  messageId?: string
}

@ObjectType({ description: 'The viewer has not bookmarked the message.' })
class RemoveBookmarkPayload extends PayloadType {
  @Field(() => ID, { nullable: true, description: 'The id of the message; null with errors.' })
  messageId?: string
}

@Resolver(() => ConversationReference)
export class BookmarkResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly admission: Admission,
    private readonly loaders: Loaders,
  ) {}

  @Mutation(() => AddBookmarkPayload, {
    nullable: true,
    description: `Marks a message for the viewer alone. One that is marked already is a success. A person has up to ${limits.bookmarks.toLocaleString('en')} bookmarks.`,
  })
  addBookmark(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message.' }) input: BookmarkInput,
  ): Promise<AddBookmarkPayload> {
    return mutationPayload(async () => {
      const id = messageId(input.messageId)
      await this.commands.execute(new AddBookmark(userId, id, new Date()))
      return { messageId: id }
    })
  }

  @Mutation(() => RemoveBookmarkPayload, {
    nullable: true,
    description:
      'Removes a bookmark of the viewer, also of a message that they do not see any more. One that is not there is a success.',
  })
  removeBookmark(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message.' }) input: BookmarkInput,
  ): Promise<RemoveBookmarkPayload> {
    return mutationPayload(async () => {
      const id = messageId(input.messageId)
      await this.commands.execute(new RemoveBookmark(userId, id))
      return { messageId: id }
    })
  }

  @Query(() => BookmarkConnectionType, {
    nullable: true,
    description:
      'The bookmarks of the viewer, newest first: in the conversations that they are in, of messages that were not deleted.',
  })
  @ListCost(usualPage)
  async bookmarks(
    @SignedIn() { userId }: Viewer,
    @Args() { first, after }: BookmarksArgs,
  ): Promise<BookmarkConnectionType> {
    const place = typeof after === 'string' ? bookmarkPlaceAt(after) : null
    return bookmarksView(await this.queries.execute(new ListBookmarks(userId, first ?? usualPage, place)))
  }

  @ResolveField(() => [ID], {
    nullable: true,
    description: `The ids of the messages in it that the viewer has bookmarked: at most ${limits.bookmarks.toLocaleString('en')}. \`InboxFrame.bookmarksChanged\` says when to ask again.`,
  })
  async bookmarkedIds(
    @Parent() { id }: ConversationReference,
    @SignedIn() { userId }: Viewer,
  ): Promise<string[] | null> {
    const conversation = conversationId(id)
    if (!(await this.admission.maySee(conversation, userId))) return null
    const list = await this.loaders.bookmarks(userId)
    return list.flatMap((bookmark) => (bookmark.conversationId === conversation ? bookmark.messageId : []))
  }
}
