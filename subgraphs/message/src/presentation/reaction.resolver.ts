import { CommandBus } from '@nestjs/cqrs'
import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql'
import { clientId, conversationId, messageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { SetReaction } from '../application/set-reaction'
import { MessageType, messageView } from './message.types'
import { ReactionType } from './reaction.types'
import { ReactionAddedType, ReactionRemovedType } from './timeline.types'
import { eventView } from './views'

const noEvent = 'Null when nothing was to be changed, and with errors.'

@InputType({ description: 'A reaction of the viewer to a message.' })
class ReactionInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => ID, { description: 'The id of a message in it.' })
  messageId!: string

  @Field(() => String, { description: 'Exactly one emoji of Unicode; variation selectors make no difference.' })
  emoji!: string

  @Field(() => ID, { description: 'A UUID made by the client, a new one for each change: a retry changes once.' })
  clientId!: string
}

@ObjectType({ description: 'The viewer has reacted to the message.' })
class AddReactionPayload extends PayloadType {
  @Field(() => ReactionAddedType, { nullable: true, description: `The event that every member sees. ${noEvent}` })
  event?: ReactionAddedType | null

  @Field(() => MessageType, { nullable: true, description: 'The message in its current state; null with errors.' })
  message?: MessageType
}

@ObjectType({ description: 'The viewer has not reacted to the message with this emoji.' })
class RemoveReactionPayload extends PayloadType {
  @Field(() => ReactionRemovedType, { nullable: true, description: `The event that every member sees. ${noEvent}` })
  event?: ReactionRemovedType | null

  @Field(() => MessageType, { nullable: true, description: 'The message in its current state; null with errors.' })
  message?: MessageType
}

@Resolver(() => ReactionType)
export class ReactionResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => AddReactionPayload, {
    nullable: true,
    description: `Reacts to a message with an emoji. One that is there already is a success and makes no event. A message has up to ${limits.reactions.perMessage} different emoji, ${limits.reactions.perPerson} of each person.`,
  })
  addReaction(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and the emoji.' }) input: ReactionInput,
  ): Promise<AddReactionPayload> {
    return this.#set<ReactionAddedType>(userId, input, true)
  }

  @Mutation(() => RemoveReactionPayload, {
    nullable: true,
    description: 'Removes a reaction of the viewer. One that is not there is a success and makes no event.',
  })
  removeReaction(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The message and the emoji.' }) input: ReactionInput,
  ): Promise<RemoveReactionPayload> {
    return this.#set<ReactionRemovedType>(userId, input, false)
  }

  #set<Event>(userId: Viewer['userId'], input: ReactionInput, isAdded: boolean) {
    return mutationPayload(async () => {
      const { event, message } = await this.commands.execute(
        new SetReaction({
          conversationId: conversationId(input.conversationId),
          messageId: messageId(input.messageId),
          userId,
          clientId: clientId(input.clientId),
          emoji: input.emoji,
          isAdded,
          at: new Date(),
        }),
      )
      return { event: event === null ? null : (eventView(event) as Event), message: messageView(message) }
    })
  }
}
