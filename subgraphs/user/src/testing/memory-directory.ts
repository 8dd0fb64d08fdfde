import type { AnyIntegrationEvent, IntegrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { Accounts, type Credentials } from '../application/accounts'
import { People } from '../application/people'
import type { DisplayName, User, Username } from '../domain/account'
import { searchTerms } from '../domain/search-terms'

/** Accounts and people in memory, and the events that would be published to Kafka. */
export class MemoryDirectory {
  readonly events: AnyIntegrationEvent[] = []
  readonly rows = new Map<UserId, Credentials>()
  readonly accounts: Accounts = new MemoryAccounts(this)
  readonly people: People = new MemoryPeople(this)
}

class MemoryAccounts extends Accounts {
  constructor(private readonly directory: MemoryDirectory) {
    super()
  }

  override async add(account: Credentials, event: IntegrationEvent<'UserRegistered'>): Promise<boolean> {
    // Checked and set in one turn: the username is unique, as with the index.
    if (this.#find(account.user.username) !== null) return false
    this.directory.rows.set(account.user.id, account)
    this.directory.events.push(event)
    return true
  }

  override async rename(
    userId: UserId,
    displayName: DisplayName,
    event: IntegrationEvent<'ProfileUpdated'>,
  ): Promise<User | null> {
    const row = this.directory.rows.get(userId)
    if (row === undefined) return null
    const user = { ...row.user, displayName }
    this.directory.rows.set(userId, { ...row, user })
    this.directory.events.push(event)
    return user
  }

  override async credentialsOf(username: Username): Promise<Credentials | null> {
    return this.#find(username)
  }

  #find(username: Username): Credentials | null {
    return [...this.directory.rows.values()].find(({ user }) => user.username === username) ?? null
  }
}

class MemoryPeople extends People {
  constructor(private readonly directory: MemoryDirectory) {
    super()
  }

  override async byIds(ids: readonly UserId[]): Promise<readonly User[]> {
    return [...new Set(ids)].flatMap((id) => this.directory.rows.get(id)?.user ?? [])
  }

  override async find(prefix: string, except: UserId, limit: number): Promise<readonly User[]> {
    const hits = [...this.directory.rows.values()].flatMap(({ user }) => {
      const [best] = searchTerms(user)
        .filter((term) => term.startsWith(prefix))
        .sort()
      return best === undefined || user.id === except ? [] : [{ key: `${best}\0${user.id}`, user }]
    })
    return hits
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .slice(0, limit)
      .map(({ user }) => user)
  }
}
