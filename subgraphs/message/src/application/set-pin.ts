import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { pinning, unpinning } from '../domain/changes'
import type { Message } from '../domain/message'
import { changedOtherwise, mayChange, messageIsDeleted, noSuchMessage } from '../domain/policy'
import { ChangeMessage } from './change-message'
import { CurrentMessages, type EventNow } from './current-messages'

/** The message as it is now. Without an event it was like that before. */
export interface PinSet {
  readonly event: EventNow | null
  readonly message: Message
}

export class SetPin extends Command<PinSet> {
  constructor(
    readonly input: {
      readonly conversationId: ConversationId
      readonly messageId: MessageId
      readonly userId: UserId
      readonly clientId: ClientId
      readonly isPinned: boolean
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(SetPin)
export class SetPinHandler implements ICommandHandler<SetPin> {
  constructor(
    private readonly change: ChangeMessage,
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ input }: SetPin): Promise<PinSet> {
    const { conversationId, messageId, userId: actorId, clientId, isPinned, at } = input
    const type = isPinned ? 'MessagePinned' : 'MessageUnpinned'
    const event = await this.change.execute({ messageId, conversationId, actorId, clientId }, (message) => {
      if (isPinned && !mayChange(message)) throw messageIsDeleted()
      const fact = isPinned ? pinning(message, { pinnedAt: at, pinnedBy: actorId }) : unpinning(message)
      return fact && { ...fact, conversationId, actorId, clientId, at }
    })
    if (event !== null && (event.type !== type || event.data.messageId !== messageId)) throw changedOtherwise()
    const [message] = await this.messages.byId([messageId])
    if (message === undefined) throw noSuchMessage()
    return { event: event === null ? null : { ...event, message }, message }
  }
}
