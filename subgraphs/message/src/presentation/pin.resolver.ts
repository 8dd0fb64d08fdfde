import { CommandBus } from '@nestjs/cqrs'
import {
  Args,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql'
import { clientId, conversationId, messageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { Admission } from '../application/admission'
import { CurrentMessages } from '../application/current-messages'
import { SetPin } from '../application/set-pin'
import { ConversationReference } from './entity-references'
import { Loaders } from './loaders'
import { MessageType, messageView } from './message.types'
import { MessagePinnedType, MessageUnpinnedType } from './timeline.types'
import { eventView } from './views'

const noEvent = 'Null when nothing was to be changed, and with errors.'

@InputType({ description: 'A message to pin, or to unpin.' })
class PinInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ID, { description: 'The id of a message in it.' })
  messageId!: string

  @Field(() => ID, { description: 'A UUID made by the client, a new one for each change: a retry changes once.' })
  clientId!: string
}

@ObjectType({ description: 'The message is pinned.' })
class PinMessagePayload extends PayloadType {
  @Field(() => MessagePinnedType, { nullable: true, description: `The event that every member sees. ${noEvent}` })
  event?: MessagePinnedType | null

  @Field(() => MessageType, { nullable: true, description: 'The message in its current state; null with errors.' })
  message?: MessageType
}

@ObjectType({ description: 'The message is not pinned.' })
class UnpinMessagePayload extends PayloadType {
  @Field(() => MessageUnpinnedType, { nullable: true, description: `The event that every member sees. ${noEvent}` })
  event?: MessageUnpinnedType | null

  @Field(() => MessageType, { nullable: true, description: 'The message in its current state; null with errors.' })
  message?: MessageType
}

@Resolver(() => ConversationReference)
export class PinResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
    private readonly loaders: Loaders,
  ) {}

  @Mutation(() => PinMessagePayload, {
    nullable: true,
    description: `Pins a message for all members, each of whom may. One that is pinned already is a success and makes no event. A conversation has up to ${limits.pins} pinned messages.`,
  })
  pinMessage(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and its conversation.' }) input: PinInput,
  ): Promise<PinMessagePayload> {
    return this.#set<MessagePinnedType>(userId, input, true)
  }

  @Mutation(() => UnpinMessagePayload, {
    nullable: true,
    description: 'Unpins a message, whoever has pinned it. One that is not pinned is a success and makes no event.',
  })
  unpinMessage(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and its conversation.' }) input: PinInput,
  ): Promise<UnpinMessagePayload> {
    return this.#set<MessageUnpinnedType>(userId, input, false)
  }

  @ResolveField(() => [MessageType], {
    nullable: true,
    description: `The pinned messages, the newest pin first: at most ${limits.pins}.`,
  })
  @Directive('@listSize(assumedSize: 100)')
  async pinnedMessages(
    @Parent() { id }: ConversationReference,
    @SignedIn() { userId }: Viewer,
  ): Promise<MessageType[] | null> {
    const conversation = conversationId(id)
    if (!(await this.admission.maySee(conversation, userId))) return null
    return (await this.messages.pinnedIn(conversation)).map((message) => messageView(message))
  }

  @ResolveField(() => Int, { nullable: true, description: 'How many messages are pinned.' })
  async pinnedCount(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<number | null> {
    const conversation = conversationId(id)
    if (!(await this.admission.maySee(conversation, userId))) return null
    return (await this.loaders.head(conversation))?.pinnedCount ?? 0
  }

  #set<Event>(userId: Viewer['userId'], input: PinInput, isPinned: boolean) {
    return mutationPayload(async () => {
      const { event, message } = await this.commands.execute(
        new SetPin({
          conversationId: conversationId(input.conversationId),
          messageId: messageId(input.messageId),
          userId,
          clientId: clientId(input.clientId),
          isPinned,
          at: new Date(),
        }),
      )
      return { event: event === null ? null : (eventView(event) as Event), message: messageView(message) }
    })
  }
}
