import { CommandBus, QueryBus } from '@nestjs/cqrs'
import {
  Args,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
  ResolveReference,
} from '@nestjs/graphql'
import { clientId, conversationId, type MessageId, messageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { MaybeSignedIn, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { v7 } from 'uuid'
import { DeleteMessage } from '../application/delete-message'
import { EditMessage } from '../application/edit-message'
import { ForwardMessage } from '../application/forward-message'
import { GetMessage } from '../application/get-message'
import { SendMessage } from '../application/send-message'
import { Loaders } from './loaders'
import { MessageType, messageView } from './message.types'
import { MessageDeletedType, MessageEditedType, MessageSentType } from './timeline.types'
import { eventView } from './views'

@InputType({ description: 'A message to send.' })
class SendMessageInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ID, {
    description: 'A UUID made by the client, a new one for each message: a retry, even a week later, sends it once.',
  })
  clientId!: string

  @Field(() => String, { description: `The text: at most ${limits.messageLength.toLocaleString('en')} characters.` })
  text!: string

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the message whose thread it is a reply in; without it, it is in the conversation itself.',
  })
  threadId?: string | null

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether a reply in a thread makes a line of the conversation as well. Ignored without `threadId`.',
  })
  alsoInConversation!: boolean

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the message that it quotes: one of the same thread or its root, or without `threadId` one that makes a line of the conversation.',
  })
  replyToId?: string | null
}

@ObjectType({ description: 'The message is durable and ordered.' })
class SendMessagePayload extends PayloadType {
  @Field(() => MessageSentType, {
    nullable: true,
    description: 'The event that every member sees; for a known client id the first one. Null with errors.',
  })
  event?: MessageSentType
}

@InputType({ description: 'A message to send once more, in another conversation or in its own.' })
class ForwardMessageInput {
  @Field(() => ID, { description: 'The id of the message to forward, of any conversation that the viewer is in.' })
  messageId!: string

  @Field(() => ID, { description: 'The id of the conversation to forward it to.' })
  conversationId!: string

  @Field(() => ID, {
    description: 'A UUID made by the client, a new one for each forward: a retry, even a week later, forwards it once.',
  })
  clientId!: string
}

@ObjectType({ description: 'The forward is durable and ordered.' })
class ForwardMessagePayload extends PayloadType {
  @Field(() => MessageSentType, {
    nullable: true,
    description: 'The event that every member sees; for a known client id the first one. Null with errors.',
  })
  event?: MessageSentType
}

@InputType({ description: 'A message with another text.' })
class EditMessageInput {
  @Field(() => ID, { description: 'The id of one of the viewer’s own messages.' })
  messageId!: string

  @Field(() => ID, { description: 'A UUID made by the client, a new one for each edit: a retry edits once.' })
  clientId!: string

  @Field(() => String, {
    description: `The new text: at most ${limits.messageLength.toLocaleString('en')} characters.`,
  })
  text!: string
}

@ObjectType({ description: 'The edit is durable and ordered.' })
class EditMessagePayload extends PayloadType {
  @Field(() => MessageEditedType, {
    nullable: true,
    description: 'The event that every member sees; for a known client id the first one. Null with errors.',
  })
  event?: MessageEditedType
}

@InputType({ description: 'A message to delete.' })
class DeleteMessageInput {
  @Field(() => ID, { description: 'The id of its conversation.' })
  conversationId!: string

  @Field(() => ID, { description: 'The id of the message: the viewer’s own, or any in a group that they own.' })
  messageId!: string

  @Field(() => ID, { description: 'A UUID made by the client, a new one for each deletion.' })
  clientId!: string
}

@ObjectType({ description: 'The text of the message is gone for everybody.' })
class DeleteMessagePayload extends PayloadType {
  @Field(() => MessageDeletedType, {
    nullable: true,
    description: 'The event that every member sees; the first one when it was deleted before. Null with errors.',
  })
  event?: MessageDeletedType
}

const replyOf = ({ threadId, alsoInConversation }: SendMessageInput) =>
  threadId === null || threadId === undefined ? null : { rootId: messageId(threadId), alsoInConversation }

@Resolver(() => MessageType)
export class MessageResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly loaders: Loaders,
  ) {}

  @ResolveReference()
  async resolveReference(
    @Parent() { id }: { id: string },
    @MaybeSignedIn() viewer: Viewer | null,
  ): Promise<MessageType | null> {
    const message = viewer === null ? null : await this.loaders.message(viewer.userId, messageId(id))
    return message === null ? null : messageView(message)
  }

  @Query(() => MessageType, {
    nullable: true,
    description:
      'A message in its current state, also when it was deleted. NOT_FOUND for one that is not there, and for one of a conversation that the viewer is not in.',
  })
  async message(
    @SignedIn() { userId }: Viewer,
    @Args('id', { type: () => ID, description: 'The id of the message.' }) id: string,
  ): Promise<MessageType> {
    return messageView(await this.queries.execute(new GetMessage(messageId(id), userId)))
  }

  /** A page has it already. */
  @ResolveField()
  async replyTo(@Parent() { replyToId, replyTo, ...message }: MessageType): Promise<MessageType | null> {
    if (replyTo !== undefined || replyToId === null) return replyTo ?? null
    const quoted = await this.loaders.quoted(messageId(replyToId), conversationId(message.conversationId))
    return quoted === null ? null : messageView(quoted)
  }

  @Mutation(() => SendMessagePayload, {
    nullable: true,
    description: 'Sends a message, exactly once for each client id.',
  })
  sendMessage(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and its conversation.' }) input: SendMessageInput,
  ): Promise<SendMessagePayload> {
    return mutationPayload(async () => {
      const command = new SendMessage({
        conversationId: conversationId(input.conversationId),
        authorId: userId,
        clientId: clientId(input.clientId),
        text: input.text,
        messageId: v7() as MessageId,
        at: new Date(),
        reply: replyOf(input),
        replyToId: typeof input.replyToId === 'string' ? messageId(input.replyToId) : null,
      })
      return { event: eventView(await this.commands.execute(command)) as MessageSentType }
    })
  }

  @Mutation(() => ForwardMessagePayload, {
    nullable: true,
    description:
      'Sends the text of a message to a conversation, in the name of who wrote it first, exactly once for each client id. It mentions nobody and cannot be edited (FORWARDED).',
  })
  forwardMessage(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message, and where to.' }) input: ForwardMessageInput,
  ): Promise<ForwardMessagePayload> {
    return mutationPayload(async () => {
      const command = new ForwardMessage({
        sourceId: messageId(input.messageId),
        conversationId: conversationId(input.conversationId),
        authorId: userId,
        clientId: clientId(input.clientId),
        messageId: v7() as MessageId,
        at: new Date(),
      })
      return { event: eventView(await this.commands.execute(command)) as MessageSentType }
    })
  }

  @Mutation(() => EditMessagePayload, {
    nullable: true,
    description: 'Changes the text of a message of the viewer’s own, exactly once for each client id.',
  })
  editMessage(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and its new text.' }) input: EditMessageInput,
  ): Promise<EditMessagePayload> {
    return mutationPayload(async () => {
      const command = new EditMessage({
        messageId: messageId(input.messageId),
        editorId: userId,
        clientId: clientId(input.clientId),
        text: input.text,
        at: new Date(),
      })
      return { event: eventView(await this.commands.execute(command)) as MessageEditedType }
    })
  }

  @Mutation(() => DeleteMessagePayload, {
    nullable: true,
    description: 'Deletes a message for everybody. Deleting it again, by whomever, does no harm.',
  })
  deleteMessage(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and its conversation.' }) input: DeleteMessageInput,
  ): Promise<DeleteMessagePayload> {
    return mutationPayload(async () => {
      const command = new DeleteMessage({
        conversationId: conversationId(input.conversationId),
        messageId: messageId(input.messageId),
        actorId: userId,
        clientId: clientId(input.clientId),
        at: new Date(),
      })
      return { event: eventView(await this.commands.execute(command)) as MessageDeletedType }
    })
  }
}
