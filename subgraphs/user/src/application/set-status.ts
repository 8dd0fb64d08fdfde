import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { Channels } from '@parley/platform/redis/channels'
import { sessionOver } from '../domain/policy'
import { type RawStatus, statusOf } from '../domain/status'
import { presenceChanged } from './channels'
import { AllPresenceSettings } from './presence-settings'

/** `raw` is null to clear the status. */
export class SetStatus extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly raw: RawStatus | null,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(SetStatus)
export class SetStatusHandler implements ICommandHandler<SetStatus> {
  constructor(
    private readonly settings: AllPresenceSettings,
    private readonly channels: Channels,
  ) {}

  async execute({ userId, raw, at }: SetStatus): Promise<void> {
    const status = raw === null ? null : statusOf(raw, at)
    if (!(await this.settings.setStatus(userId, status))) throw sessionOver()
    await this.channels.publish(presenceChanged, userId, 'settings')
  }
}
