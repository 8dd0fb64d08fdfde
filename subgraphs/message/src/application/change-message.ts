import { Injectable } from '@nestjs/common'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { Message } from '../domain/message'
import { changedMeanwhile, noSuchMessage } from '../domain/policy'
import type { TimelineEntry, TimelineEvent } from '../domain/timeline-event'
import { Admission } from './admission'
import { CurrentMessages } from './current-messages'
import { TimelineLog } from './timeline-log'

const maxAttempts = 10

/**
 * Read → decide → append, for whatever changes a message: decided again when another change was first, so that none is lost
 * although each carries the whole message.
 */
@Injectable()
export class ChangeMessage {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly messages: CurrentMessages,
  ) {}

  /** Throws NOT_FOUND when the message is not there for this user, and CONFLICT when others change it all the time. */
  async execute(
    messageId: MessageId,
    userId: UserId,
    decide: (message: Message) => TimelineEntry,
  ): Promise<TimelineEvent> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const found = await this.messages.toChange(messageId)
      const isVisible = found !== null && (await this.admission.maySee(found.message.conversationId, userId))
      if (!isVisible) throw noSuchMessage()
      const event = await this.log.appendIfUnchanged(decide(found.message), found.upTo)
      if (event !== null) return event
    }
    throw changedMeanwhile()
  }
}
