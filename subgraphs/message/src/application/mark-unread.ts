import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { assertKnown, assertRecent } from '../domain/cursor'
import { unread } from '../domain/read-state'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { Inbox } from './inbox'
import { TimelineLog } from './timeline-log'

export class MarkUnread extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    /** The first line that is to be unread. */
    readonly line: number,
    /** Of the position that it moves: a retry, and one that comes too late, change nothing more. */
    readonly revision: number,
  ) {
    super()
  }
}

@CommandHandler(MarkUnread)
export class MarkUnreadHandler implements ICommandHandler<MarkUnread> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly inbox: Inbox,
    private readonly channels: Channels,
  ) {}

  async execute({ conversationId, userId, line, revision }: MarkUnread): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    const [{ lines }, states] = await Promise.all([
      this.log.head(conversationId),
      this.inbox.readStates(userId, [conversationId]),
    ])
    assertRecent(line, lines)
    assertKnown(revision, (states.get(conversationId) ?? unread).revision)
    // The row has forgotten those before the position.
    const ownLines = await this.log.neverUnreadLines(conversationId, userId, line, lines)
    await this.inbox.markUnread(userId, conversationId, { revision, line, lines, ownLines })
    await this.channels.publish(liveChannels.inbox, userId, conversationId)
  }
}
