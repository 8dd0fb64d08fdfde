import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'
import { checkDisplayName, type FieldFault } from '../domain/account-fields'
import { sessionOver } from '../domain/policy'
import { Accounts } from './accounts'
import { eventOrigin } from './event-origin'

export type UpdateProfileResult =
  | { readonly type: 'updated'; readonly user: User }
  | { readonly type: 'invalid-fields'; readonly faults: readonly FieldFault[] }

export class UpdateProfile extends Command<UpdateProfileResult> {
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

  async execute({ userId, displayName, at }: UpdateProfile): Promise<UpdateProfileResult> {
    const checked = checkDisplayName(displayName)
    if (!checked.valid) return { type: 'invalid-fields', faults: checked.faults }
    const data = { userId, displayName: checked.value }
    const event = integrationEvent('ProfileUpdated', data, eventOrigin(userId, at))
    const user = await this.accounts.rename(userId, checked.value, event)
    if (user === null) throw sessionOver()
    return { type: 'updated', user }
  }
}
