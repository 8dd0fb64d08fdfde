import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { checkUsername, normalizedPassword, normalizedUsername } from '../domain/account-fields'
import { invalidCredentials } from '../domain/policy'
import { Accounts } from './accounts'
import { KnownDevices } from './known-devices'
import { Passwords } from './passwords'
import { RateLimits } from './rate-limits'
import { type GrantedSession, SessionGrants } from './session-grants'

export class LogIn extends Command<GrantedSession> {
  constructor(
    readonly raw: { readonly username: string; readonly password: string },
    readonly request: { readonly address: string; readonly deviceCookie: string | null; readonly at: Date },
  ) {
    super()
  }
}

/** Fails with INVALID_CREDENTIALS. */
@CommandHandler(LogIn)
export class LogInHandler implements ICommandHandler<LogIn> {
  constructor(
    private readonly limits: RateLimits,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly grants: SessionGrants,
    private readonly devices: KnownDevices,
  ) {}

  async execute({ raw, request: { address, deviceCookie, at } }: LogIn): Promise<GrantedSession> {
    const tried = normalizedUsername(raw.username)
    await this.limits.admitLogIn(tried, { address, device: this.devices.deviceOf(deviceCookie, tried) })
    const username = checkUsername(raw.username)
    const account = username.valid ? await this.accounts.credentialsOf(username.value) : null
    const proven = await this.passwords.verify(normalizedPassword(raw.password), account?.passwordHash ?? null)
    if (account === null || !proven) throw invalidCredentials()
    return { user: account.user, grant: await this.grants.open(account.user.id, at) }
  }
}
