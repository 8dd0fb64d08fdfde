import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { TimelineEntry } from '../domain/timeline-event'
import { TimelineLog } from './timeline-log'

/** What the conversation subgraph decided becomes part of what members see; the event's id keeps a redelivery from showing twice. */
export class RecordConversationChange extends Command<void> {
  constructor(readonly entry: TimelineEntry) {
    super()
  }
}

@CommandHandler(RecordConversationChange)
export class RecordConversationChangeHandler implements ICommandHandler<RecordConversationChange> {
  constructor(private readonly log: TimelineLog) {}

  async execute({ entry }: RecordConversationChange): Promise<void> {
    await this.log.append(entry)
  }
}
