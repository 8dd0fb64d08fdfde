import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'
import { displayNameOf } from '../domain/account-fields'
import { sessionOver } from '../domain/policy'
import { Accounts } from './accounts'
import { eventOrigin } from './event-origin'

export class UpdateProfile extends Command<User> {
  constructor(
    readonly userId: UserId,
    readonly displayName: string,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(UpdateProfile)
export class UpdateProfileHandler implements ICommandHandler<UpdateProfile> {
  constructor(private readonly accounts: Accounts) {}

  async execute({ userId, displayName, at }: UpdateProfile): Promise<User> {
    const data = { userId, displayName: displayNameOf(displayName) }
    const event = integrationEvent('ProfileUpdated', data, eventOrigin(userId, at))
    const user = await this.accounts.rename(userId, data.displayName, event)
    if (user === null) throw sessionOver()
    return user
  }
}
