import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { sessionOver } from '../domain/policy'
import { presenceChanged } from './channels'
import { AllPresenceSettings } from './presence-settings'

export class SetPresencePrivacy extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly isHidden: boolean,
  ) {
    super()
  }
}

@CommandHandler(SetPresencePrivacy)
export class SetPresencePrivacyHandler implements ICommandHandler<SetPresencePrivacy> {
  constructor(
    private readonly settings: AllPresenceSettings,
    private readonly channels: Channels,
  ) {}

  async execute({ userId, isHidden }: SetPresencePrivacy): Promise<void> {
    if (!(await this.settings.setHidden(userId, isHidden))) throw sessionOver()
    await this.channels.publish(presenceChanged, userId, 'settings')
  }
}
