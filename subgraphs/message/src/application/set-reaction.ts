import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { reaction } from '../domain/changes'
import type { Message } from '../domain/message'
import { changedOtherwise, mayChange, messageIsDeleted, noSuchMessage } from '../domain/policy'
import { reactionEmoji } from '../domain/reactions'
import { ChangeMessage } from './change-message'
import { CurrentMessages, type EventNow } from './current-messages'

/** The message as it is now. Without an event it was like that before. */
export interface ReactionSet {
  readonly event: EventNow | null
  readonly message: Message
}

export class SetReaction extends Command<ReactionSet> {
  constructor(
    readonly input: {
      readonly conversationId: ConversationId
      readonly messageId: MessageId
      readonly userId: UserId
      readonly clientId: ClientId
      readonly emoji: string
      /** Added if it is not there, or removed if it is. */
      readonly isAdded: boolean
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(SetReaction)
export class SetReactionHandler implements ICommandHandler<SetReaction> {
  constructor(
    private readonly change: ChangeMessage,
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ input }: SetReaction): Promise<ReactionSet> {
    const { conversationId, messageId, userId: actorId, clientId, isAdded, at } = input
    const emoji = reactionEmoji(input.emoji)
    const type = isAdded ? 'ReactionAdded' : 'ReactionRemoved'
    const event = await this.change.execute({ messageId, conversationId, actorId, clientId }, (message) => {
      if (isAdded && !mayChange(message)) throw messageIsDeleted()
      const fact = reaction(message, emoji, actorId, isAdded)
      return fact && { ...fact, conversationId, actorId, clientId, at }
    })
    const isThis =
      event === null || (event.type === type && event.data.messageId === messageId && event.data.emoji === emoji)
    if (!isThis) throw changedOtherwise()
    const [message] = await this.messages.byId([messageId])
    if (message === undefined) throw noSuchMessage()
    return { event: event === null ? null : { ...event, message }, message }
  }
}
