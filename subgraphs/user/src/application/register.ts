import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'
import { checkRegistration, type FieldFault, type RawRegistration } from '../domain/account-fields'
import { Accounts } from './accounts'
import { eventOrigin } from './event-origin'
import { Passwords } from './passwords'
import { RateLimits } from './rate-limits'
import { type SessionGrant, SessionGrants } from './session-grants'

export type RegisterResult =
  | { readonly type: 'signed-in'; readonly user: User; readonly grant: SessionGrant }
  | { readonly type: 'username-taken'; readonly username: string }
  | { readonly type: 'invalid-fields'; readonly faults: readonly FieldFault[] }

export class Register extends Command<RegisterResult> {
  constructor(
    readonly raw: RawRegistration,
    readonly request: { readonly userId: UserId; readonly address: string; readonly at: Date },
  ) {
    super()
  }
}

@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(
    private readonly limits: RateLimits,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly grants: SessionGrants,
  ) {}

  async execute({ raw, request: { userId, address, at } }: Register): Promise<RegisterResult> {
    const checked = checkRegistration(raw)
    if (!checked.valid) return { type: 'invalid-fields', faults: checked.faults }
    await this.limits.admitRegistration(address)
    const { username, displayName, password } = checked.value
    // Spares the costly hash; whether the name is free is decided by the insert.
    if ((await this.accounts.credentialsOf(username)) !== null) return { type: 'username-taken', username }
    const user: User = { id: userId, username, displayName, createdAt: at }
    const event = integrationEvent('UserRegistered', { userId, username, displayName }, eventOrigin(userId, at))
    const added = await this.accounts.add({ user, passwordHash: await this.passwords.hash(password) }, event)
    return added
      ? { type: 'signed-in', user, grant: await this.grants.open(userId, at) }
      : { type: 'username-taken', username }
  }
}
