import { Injectable } from '@nestjs/common'
import type { IntegrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, isUniqueViolation, type Transaction } from '@parley/platform/postgres/database'
import { addToOutbox } from '@parley/platform/postgres/outbox'
import { eq } from 'drizzle-orm'
import { Accounts, type Credentials } from '../application/accounts'
import type { DisplayName, User, Username } from '../domain/account'
import { searchTerms } from '../domain/search-terms'
import { userSearchTerms, users } from './schema'
import { publicColumns, userOf } from './user-rows'

@Injectable()
export class PostgresAccounts extends Accounts {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async add({ user, passwordHash }: Credentials, event: IntegrationEvent<'UserRegistered'>): Promise<boolean> {
    try {
      await this.db.transaction(async (tx) => {
        const { id, username, displayName, createdAt } = user
        await tx.insert(users).values({ id, username, displayName, createdAt, passwordHash })
        await addSearchTerms(tx, user)
        await addToOutbox(tx, event)
      })
      return true
    } catch (error) {
      if (isUniqueViolation(error, 'users_username_unique')) return false
      throw error
    }
  }

  override async rename(
    userId: UserId,
    displayName: DisplayName,
    event: IntegrationEvent<'ProfileUpdated'>,
  ): Promise<User | null> {
    return this.db.transaction(async (tx) => {
      // The row is locked from here on, so events are stored in the order of the changes.
      const [row] = await tx.update(users).set({ displayName }).where(eq(users.id, userId)).returning(publicColumns)
      if (row === undefined) return null
      const user = userOf(row)
      await tx.delete(userSearchTerms).where(eq(userSearchTerms.userId, userId))
      await addSearchTerms(tx, user)
      await addToOutbox(tx, event)
      return user
    })
  }

  override async credentialsOf(username: Username): Promise<Credentials | null> {
    const [row] = await this.db.select().from(users).where(eq(users.username, username))
    return row === undefined ? null : { user: userOf(row), passwordHash: row.passwordHash }
  }
}

async function addSearchTerms(tx: Transaction, user: User): Promise<void> {
  await tx.insert(userSearchTerms).values(searchTerms(user).map((term) => ({ userId: user.id, term })))
}
