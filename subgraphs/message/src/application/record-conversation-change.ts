import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { TimelineEntry } from '../domain/timeline-event'
import { ReadPositions } from './read-positions'
import { TimelineLog } from './timeline-log'

/** What the conversation subgraph decided becomes part of what members see; the event's id keeps a redelivery from showing twice. */
export class RecordConversationChange extends Command<void> {
  constructor(readonly entry: TimelineEntry) {
    super()
  }
}

@CommandHandler(RecordConversationChange)
export class RecordConversationChangeHandler implements ICommandHandler<RecordConversationChange> {
  constructor(
    private readonly log: TimelineLog,
    private readonly positions: ReadPositions,
  ) {}

  async execute({ entry }: RecordConversationChange): Promise<void> {
    const { seq } = await this.log.append(entry)
    // Whoever joins may scroll back, but what was said before is not unread to them.
    if (entry.type === 'MemberJoined') await this.positions.advance(entry.conversationId, entry.data.memberId, seq)
  }
}
