import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, MessageId, UserId } from '@parley/kernel/ids'
import { edited, isErased } from '../domain/message'
import { messageText } from '../domain/message-text'
import { editedOtherwise, mayChange, mayEdit, messageIsDeleted, onlyAuthorsEdit } from '../domain/policy'
import { ChangeMessage } from './change-message'
import { CurrentMessages, type EventNow } from './current-messages'

export class EditMessage extends Command<EventNow> {
  constructor(
    readonly input: {
      readonly messageId: MessageId
      readonly editorId: UserId
      readonly clientId: ClientId
      readonly text: string
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(EditMessage)
export class EditMessageHandler implements ICommandHandler<EditMessage> {
  constructor(
    private readonly change: ChangeMessage,
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ input }: EditMessage): Promise<EventNow> {
    const { messageId, editorId: actorId, clientId, at } = input
    const text = messageText(input.text)
    const event = await this.change.execute({ messageId, actorId, clientId }, (message) => {
      if (!mayEdit(message, actorId)) throw onlyAuthorsEdit()
      if (!mayChange(message)) throw messageIsDeleted()
      const data = { messageId, state: edited(message, text) }
      return { type: 'MessageEdited', data, conversationId: message.conversationId, actorId, clientId, at }
    })
    const isThisEdit =
      event.type === 'MessageEdited' &&
      event.data.messageId === messageId &&
      (event.data.state.text === text || isErased(event))
    if (!isThisEdit) throw editedOtherwise()
    return this.messages.asOfNow(event)
  }
}
