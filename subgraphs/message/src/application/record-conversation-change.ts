import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import type { TimelineEntry } from '../domain/timeline-event'
import { liveChannels } from './channels'
import { Inbox } from './inbox'
import { TimelineLog } from './timeline-log'

/** Adds an event of the conversation subgraph to the timeline; its id makes a redelivery idempotent. */
export class RecordConversationChange extends Command<void> {
  constructor(
    readonly entry: TimelineEntry,
    /** The members whom it adds or removes. */
    readonly concerned: readonly UserId[],
  ) {
    super()
  }
}

@CommandHandler(RecordConversationChange)
export class RecordConversationChangeHandler implements ICommandHandler<RecordConversationChange> {
  constructor(
    private readonly log: TimelineLog,
    private readonly inbox: Inbox,
    private readonly channels: Channels,
  ) {}

  async execute({ entry, concerned }: RecordConversationChange): Promise<void> {
    const { conversationId, lines } = await this.log.append(entry)
    // A first message may arrive before the start, which comes over Kafka, and must stay unread.
    if (entry.type === 'ConversationStarted') await this.inbox.skipLine(concerned, conversationId, lines)
    // New members can scroll back, but earlier lines are not unread for them.
    else await this.inbox.enter(concerned, conversationId, lines)
    await Promise.all(concerned.map((userId) => this.channels.publish(liveChannels.inbox, userId, conversationId)))
  }
}
