import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { forwardOf, isErased, type Message } from '../domain/message'
import { mayChange, noSuchMessage, nothingToForward, sentOtherwise } from '../domain/policy'
import type { TimelineEntry } from '../domain/timeline-event'
import { Admission } from './admission'
import { appendOnce } from './append-once'
import { asItHappened, CurrentMessages, type EventNow } from './current-messages'
import { TimelineLog } from './timeline-log'

interface Input {
  /** The message to forward. */
  readonly sourceId: MessageId
  /** Where to. */
  readonly conversationId: ConversationId
  readonly authorId: UserId
  readonly clientId: ClientId
  readonly messageId: MessageId
  readonly at: Date
}

/** Sends the text of a message once more, under the name of who wrote it first. */
export class ForwardMessage extends Command<EventNow> {
  constructor(readonly input: Input) {
    super()
  }
}

@CommandHandler(ForwardMessage)
export class ForwardMessageHandler implements ICommandHandler<ForwardMessage> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ input }: ForwardMessage): Promise<EventNow> {
    const { sourceId, conversationId, authorId: actorId, clientId, messageId, at } = input
    await this.admission.assertMember(conversationId, actorId)
    const source = await this.#visible(sourceId, actorId)
    const event = await appendOnce(this.log, { conversationId, actorId, clientId }, (): TimelineEntry => {
      if (source === null) throw noSuchMessage()
      if (!mayChange(source)) throw nothingToForward()
      return { type: 'MessageSent', data: { messageId, ...forwardOf(source) }, conversationId, actorId, clientId, at }
    })
    const isThis = event.type === 'MessageSent' && (event.data.sourceId === sourceId || isErased(event))
    if (!isThis) throw sentOtherwise()
    // Forwarded before: it may have been deleted since.
    return messageId === event.data.messageId ? asItHappened(event) : this.messages.asOfNow(event)
  }

  /** Null for a message that is not there, and for one that this person may not see. */
  async #visible(id: MessageId, userId: UserId): Promise<Message | null> {
    const [message] = await this.messages.byId([id])
    const isVisible = message !== undefined && (await this.admission.maySee(message.conversationId, userId))
    return isVisible ? message : null
  }
}
