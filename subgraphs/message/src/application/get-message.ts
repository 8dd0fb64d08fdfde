import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { Message } from '../domain/message'
import { noSuchMessage } from '../domain/policy'
import { Admission } from './admission'
import { CurrentMessages } from './current-messages'

export class GetMessage extends Query<Message> {
  constructor(
    readonly messageId: MessageId,
    readonly userId: UserId,
  ) {
    super()
  }
}

/** The same refusal for a message that does not exist and for one that the viewer may not see. */
@QueryHandler(GetMessage)
export class GetMessageHandler implements IQueryHandler<GetMessage> {
  constructor(
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ messageId, userId }: GetMessage): Promise<Message> {
    const [message] = await this.messages.byId([messageId])
    const isVisible = message !== undefined && (await this.admission.maySee(message.conversationId, userId))
    if (!isVisible) throw noSuchMessage()
    return message
  }
}
