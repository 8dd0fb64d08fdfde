import { Injectable } from '@nestjs/common'
import type { MessageId, UserId } from '@parley/kernel/ids'
import DataLoader from 'dataloader'
import type { Message } from '../domain/message'
import { Admission } from './admission'
import { Messages } from './messages'

/** One message for somebody who may see it; null for everybody else. What is asked in one tick is read at once. */
@Injectable()
export class GetMessage {
  readonly #byId: DataLoader<MessageId, Message | null>

  constructor(
    private readonly admission: Admission,
    messages: Messages,
  ) {
    this.#byId = new DataLoader(
      async (ids) => {
        const found = new Map((await messages.byId(ids)).map((message) => [message.id, message]))
        return ids.map((id) => found.get(id) ?? null)
      },
      { cache: false },
    )
  }

  async visibleTo(userId: UserId, id: MessageId): Promise<Message | null> {
    const message = await this.#byId.load(id)
    return message !== null && (await this.admission.maySee(message.conversationId, userId)) ? message : null
  }
}
