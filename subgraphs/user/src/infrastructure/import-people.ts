import { hash } from '@node-rs/argon2'
import type { PlannedPerson } from '@parley/contracts/demo-plan'
import type { Database } from '@parley/platform/postgres/database'
import type { DisplayName, Username } from '../domain/account'
import { normalizedPassword } from '../domain/account-fields'
import { searchTerms } from '../domain/search-terms'
import { argon2Parameters } from './argon2-passwords'
import { userSearchTerms, users } from './schema'

const batch = 500

/** Publishes no events: the other subgraphs import the same people. The password is hashed once for all accounts. */
export async function importPeople(db: Database, people: readonly PlannedPerson[], password: string): Promise<void> {
  const passwordHash = await hash(normalizedPassword(password), argon2Parameters)
  for (let from = 0; from < people.length; from += batch) {
    const some = people.slice(from, from + batch)
    await db.transaction(async (tx) => {
      const rows = some.map(({ createdAt, ...person }) => ({ ...person, passwordHash, createdAt: new Date(createdAt) }))
      await tx.insert(users).values(rows).onConflictDoNothing()
      await tx.insert(userSearchTerms).values(some.flatMap(termsOf)).onConflictDoNothing()
    })
  }
}

const termsOf = ({ id, username, displayName }: PlannedPerson) =>
  searchTerms({ username: username as Username, displayName: displayName as DisplayName }).map((term) => ({
    userId: id,
    term,
  }))
