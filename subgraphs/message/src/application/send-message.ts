import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { DomainError } from '@parley/kernel/errors'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { messageText } from '../domain/message-text'
import { isMessage, type MessageSentEvent } from '../domain/timeline-event'
import { Admission } from './admission'
import { TimelineLog } from './timeline-log'

export class SendMessage extends Command<MessageSentEvent> {
  constructor(
    readonly input: {
      readonly conversationId: ConversationId
      readonly authorId: UserId
      readonly clientId: ClientId
      readonly text: string
      readonly messageId: MessageId
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(SendMessage)
export class SendMessageHandler implements ICommandHandler<SendMessage> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
  ) {}

  async execute({ input }: SendMessage): Promise<MessageSentEvent> {
    const { conversationId, authorId: actorId, clientId, messageId, at } = input
    const text = messageText(input.text)
    await this.admission.assertMember(conversationId, actorId)
    const event = await this.log.append({
      type: 'MessageSent',
      data: { messageId, text },
      conversationId,
      actorId,
      clientId,
      at,
    })
    if (!isMessage(event) || event.data.text !== text) {
      throw new DomainError(
        'input',
        'CLIENT_ID_REUSED',
        'This client id was used for something else. Make a new one for each message.',
      )
    }
    return event
  }
}
