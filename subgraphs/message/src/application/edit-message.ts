import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, MessageId, UserId } from '@parley/kernel/ids'
import { edited } from '../domain/message'
import { messageText } from '../domain/message-text'
import { editedOtherwise, mayEdit, noSuchMessage, onlyAuthorsEdit } from '../domain/policy'
import { Admission } from './admission'
import { CurrentMessages, type EventNow } from './current-messages'
import { TimelineLog } from './timeline-log'

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
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ input }: EditMessage): Promise<EventNow> {
    const { messageId, editorId: actorId, clientId, at } = input
    const text = messageText(input.text)
    const [message] = await this.messages.byId([messageId])
    if (message === undefined || !(await this.admission.maySee(message.conversationId, actorId))) throw noSuchMessage()
    if (!mayEdit(message, actorId)) throw onlyAuthorsEdit()
    const event = await this.log.append({
      type: 'MessageEdited',
      data: { messageId, state: edited(message, text) },
      conversationId: message.conversationId,
      actorId,
      clientId,
      at,
    })
    const isThisEdit =
      event.type === 'MessageEdited' && event.data.messageId === messageId && event.data.state.text === text
    if (!isThisEdit) throw editedOtherwise()
    return this.messages.asOfNow(event)
  }
}
