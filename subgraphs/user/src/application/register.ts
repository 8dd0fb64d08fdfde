import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'
import { type RawRegistration, registrationOf } from '../domain/account-fields'
import { usernameTaken } from '../domain/policy'
import { Accounts } from './accounts'
import { eventOrigin } from './event-origin'
import { Passwords } from './passwords'
import { RateLimits } from './rate-limits'
import { type GrantedSession, SessionGrants } from './session-grants'

export class Register extends Command<GrantedSession> {
  constructor(
    readonly raw: RawRegistration,
    readonly request: { readonly userId: UserId; readonly address: string; readonly at: Date },
  ) {
    super()
  }
}

/** Fails with the faults of the fields, a taken username among them. */
@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(
    private readonly limits: RateLimits,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly grants: SessionGrants,
  ) {}

  async execute({ raw, request: { userId, address, at } }: Register): Promise<GrantedSession> {
    const { username, displayName, password } = registrationOf(raw)
    await this.limits.admitRegistration(address)
    // Saves the costly hash; the insert decides whether the username is free.
    if ((await this.accounts.credentialsOf(username)) !== null) throw usernameTaken(username)
    const user: User = { id: userId, username, displayName, createdAt: at }
    const event = integrationEvent('UserRegistered', { userId, username, displayName }, eventOrigin(userId, at))
    const added = await this.accounts.add({ user, passwordHash: await this.passwords.hash(password) }, event)
    if (!added) throw usernameTaken(username)
    return { user, grant: await this.grants.open(userId, at) }
  }
}
