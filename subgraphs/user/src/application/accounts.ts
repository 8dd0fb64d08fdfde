import type { IntegrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import type { DisplayName, User, Username } from '../domain/account'

export interface Credentials {
  readonly user: User
  readonly passwordHash: string
}

/** Writes accounts. Each change commits together with the event that announces it to the other subgraphs. */
export abstract class Accounts {
  /** False when the username is taken, also by a concurrent registration. */
  abstract add(account: Credentials, event: IntegrationEvent<'UserRegistered'>): Promise<boolean>
  /** Null when there is no such account. */
  abstract rename(
    userId: UserId,
    displayName: DisplayName,
    event: IntegrationEvent<'ProfileUpdated'>,
  ): Promise<User | null>
  abstract credentialsOf(username: Username): Promise<Credentials | null>
}
