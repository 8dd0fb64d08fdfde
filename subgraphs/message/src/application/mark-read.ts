import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { assertExists, assertKnown } from '../domain/cursor'
import { unread } from '../domain/read-state'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { Inbox } from './inbox'
import { ReceiptPrivacy } from './read-positions'
import { TimelineLog } from './timeline-log'

export class MarkRead extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    readonly line: number,
    /** The revision that the device knew; undefined for clients from before there were revisions. */
    readonly revision?: number,
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
    private readonly privacy: ReceiptPrivacy,
    private readonly channels: Channels,
  ) {}

  async execute({ conversationId, userId, line, revision }: MarkRead): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    const [{ lines }, hidden] = await Promise.all([this.log.head(conversationId), this.privacy.hidden([userId])])
    assertExists('line', line, lines)
    if (revision !== undefined && revision !== 0) await this.#assertKnown(revision, conversationId, userId)
    await this.inbox.markRead(userId, conversationId, line, revision)
    await Promise.all([
      this.channels.publish(liveChannels.inbox, userId, conversationId),
      hidden.has(userId)
        ? undefined
        : this.channels.publish(liveChannels.reading, conversationId, { userId, readLine: line }),
    ])
  }

  /** All conversations have revision 0. */
  async #assertKnown(revision: number, conversationId: ConversationId, userId: UserId): Promise<void> {
    const states = await this.inbox.readStates(userId, [conversationId])
    assertKnown(revision, (states.get(conversationId) ?? unread).revision)
  }
}
