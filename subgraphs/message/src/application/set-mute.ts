import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { muteEnd } from '../domain/mute'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { Inbox } from './inbox'

/** Mutes a conversation for its owner alone, until a time or for ever (null). */
export class MuteConversation extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    readonly until: Date | null,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(MuteConversation)
export class MuteConversationHandler implements ICommandHandler<MuteConversation> {
  constructor(
    private readonly admission: Admission,
    private readonly inbox: Inbox,
    private readonly channels: Channels,
  ) {}

  async execute({ conversationId, userId, until, at }: MuteConversation): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    await this.inbox.setMute(userId, conversationId, { isMuted: true, until: muteEnd(until, at) })
    await this.channels.publish(liveChannels.inbox, userId, conversationId)
  }
}

export class UnmuteConversation extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
  ) {
    super()
  }
}

@CommandHandler(UnmuteConversation)
export class UnmuteConversationHandler implements ICommandHandler<UnmuteConversation> {
  constructor(
    private readonly admission: Admission,
    private readonly inbox: Inbox,
    private readonly channels: Channels,
  ) {}

  async execute({ conversationId, userId }: UnmuteConversation): Promise<void> {
    await this.admission.assertMember(conversationId, userId)
    await this.inbox.setMute(userId, conversationId, { isMuted: false, until: null })
    await this.channels.publish(liveChannels.inbox, userId, conversationId)
  }
}
