import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { deletion } from '../domain/changes'
import { deletedOtherwise, mayChange, mayDelete, onlyModeratorsDelete } from '../domain/policy'
import { Admission } from './admission'
import { ChangeMessage } from './change-message'
import { CurrentMessages, type EventNow } from './current-messages'
import { Erasure } from './erasure'
import { TimelineLog } from './timeline-log'

export class DeleteMessage extends Command<EventNow> {
  constructor(
    readonly input: {
      readonly conversationId: ConversationId
      readonly messageId: MessageId
      readonly actorId: UserId
      readonly clientId: ClientId
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(DeleteMessage)
export class DeleteMessageHandler implements ICommandHandler<DeleteMessage> {
  constructor(
    private readonly admission: Admission,
    private readonly change: ChangeMessage,
    private readonly messages: CurrentMessages,
    private readonly erasure: Erasure,
    private readonly log: TimelineLog,
  ) {}

  async execute({ input }: DeleteMessage): Promise<EventNow> {
    const { conversationId, messageId, actorId, clientId, at } = input
    const member = await this.admission.member(conversationId, actorId)
    const request = { messageId, conversationId, actorId, clientId, withRoot: true }
    const made = await this.change.execute(request, (message, root) => {
      if (!mayDelete(message, member)) throw onlyModeratorsDelete()
      // Deleting it twice does no harm, whoever was first.
      if (!mayChange(message)) return null
      const fact = deletion(message, root, { deletedAt: at, deletedBy: actorId })
      return { ...fact, conversationId, actorId, clientId, at }
    })
    const event = made ?? (await this.log.deletionOf(messageId))
    if (event?.type !== 'MessageDeleted' || event.data.messageId !== messageId) throw deletedOtherwise()
    // Acknowledged means gone, from the lists of other processes too; what a crash leaves out here the relay does.
    await this.erasure.erase([event])
    await this.messages.settle(event)
    return this.messages.asOfNow(event)
  }
}
