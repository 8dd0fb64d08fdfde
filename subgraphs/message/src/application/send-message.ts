import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { isErased } from '../domain/message'
import { messageText } from '../domain/message-text'
import { sentOtherwise } from '../domain/policy'
import { Admission } from './admission'
import { asItHappened, CurrentMessages, type EventNow } from './current-messages'
import { TimelineLog } from './timeline-log'

export class SendMessage extends Command<EventNow> {
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
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ input }: SendMessage): Promise<EventNow> {
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
    const isThis = event.type === 'MessageSent' && (event.data.text === text || isErased(event))
    if (!isThis) throw sentOtherwise()
    // Sent before: it may have changed since.
    return event.data.messageId === messageId ? asItHappened(event) : this.messages.asOfNow(event)
  }
}
