import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import type { TimelineEntry } from '../domain/timeline-event'
import { liveChannels } from './channels'
import { Inbox } from './inbox'
import { TimelineLog } from './timeline-log'

/** What the conversation subgraph decided becomes part of what members see; the event's id keeps a redelivery from showing twice. */
export class RecordConversationChange extends Command<void> {
  constructor(
    readonly entry: TimelineEntry,
    /** Who came in or went by it. */
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
    // A first message may have been faster than the start over Kafka, and is not read because of it.
    if (entry.type === 'ConversationStarted') await this.inbox.skipLine(concerned, conversationId, lines)
    // Those who join may scroll back, but what was said before is not unread to them.
    else await this.inbox.markRead(concerned, conversationId, lines)
    await Promise.all(concerned.map((userId) => this.channels.publish(liveChannels.inbox, userId, conversationId)))
  }
}
