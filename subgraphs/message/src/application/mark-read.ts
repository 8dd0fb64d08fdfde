import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { assertExists } from '../domain/cursor'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { Inbox } from './inbox'
import { TimelineLog } from './timeline-log'

export class MarkRead extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    readonly line: number,
  ) {
    super()
  }
}

@CommandHandler(MarkRead)
export class MarkReadHandler implements ICommandHandler<MarkRead> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly inbox: Inbox,
    private readonly channels: Channels,
  ) {}

  async execute({ conversationId, userId, line }: MarkRead): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    assertExists('line', line, (await this.log.head(conversationId)).lines)
    await this.inbox.markRead([userId], conversationId, line)
    await this.channels.publish(liveChannels.inbox, userId, conversationId)
  }
}
