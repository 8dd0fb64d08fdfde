import { randomUUID } from 'node:crypto'
import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import { migratePostgres } from '@parley/platform/postgres/migrate'
import { outbox } from '@parley/platform/postgres/tables'
import { type TestDatabase, testDatabase } from '@parley/platform/postgres/testing/test-database'
import { asc, eq } from 'drizzle-orm'
import { RefreshTokens } from '../application/refresh-tokens'
import { decideRefresh, refreshLifetimeMs } from '../domain/session'
import { directoryContract } from '../testing/directory.contract'
import { account, newUserId, registeredEvent } from '../testing/sample-accounts'
import { sessionsContract } from '../testing/sessions.contract'
import { migrationsFolder } from '../testing/test-service'
import { PostgresAccounts } from './postgres-accounts'
import { PostgresPeople } from './postgres-people'
import { PostgresSessions } from './postgres-sessions'
import { refreshTokens, sessions } from './schema'

const tokens = new RefreshTokens(Buffer.alloc(32, 1))

describe('accounts and sessions in PostgreSQL', () => {
  let postgres: TestDatabase
  beforeAll(async () => void (postgres = await testDatabase(migrationsFolder)))
  afterAll(() => postgres.drop())

  async function newUser() {
    const added = account()
    await new PostgresAccounts(postgres.db).add(added, registeredEvent(added))
    return added.user.id
  }

  it('migrates again without a change', () => migratePostgres(postgres.url, migrationsFolder))

  describe('PostgresAccounts and PostgresPeople', () => {
    directoryContract(() => ({
      accounts: new PostgresAccounts(postgres.db),
      people: new PostgresPeople(postgres.db, postgres.sql),
      async eventsOf(userId) {
        const rows = await postgres.db.select().from(outbox).where(eq(outbox.key, userId)).orderBy(asc(outbox.id))
        return rows.map(({ event }) => event as AnyIntegrationEvent)
      },
    }))
  })

  describe('PostgresSessions', () => {
    sessionsContract(() => new PostgresSessions(postgres.db), newUser)

    it('lists a revocation that started before a read and was committed after it', async () => {
      const all = new PostgresSessions(postgres.db)
      const [slow, fast] = [randomUUID(), randomUUID()]
      const at = new Date()
      for (const id of [slow, fast]) await all.open(id, await newUser(), tokens.first(at).stored)
      const missed = await postgres.db.transaction(async (tx) => {
        await new PostgresSessions(tx).revoke(slow, at)
        await all.revoke(fast, at)
        return all.revokedSince(new Date(at.getTime() - 1), null)
      })
      expect(missed.sessionIds).toEqual(expect.arrayContaining([fast]))
      expect(missed.sessionIds).not.toContain(slow)
      expect((await all.revokedSince(new Date(at.getTime() - 1), missed.cursor)).sessionIds).toContain(slow)
    })

    it('stores no token in clear, and deletes expired ones', async () => {
      const store = new PostgresSessions(postgres.db)
      const [abandoned, current] = [newUserId(), newUserId()]
      const userId = await newUser()
      const start = new Date('2026-01-01T00:00:00Z')
      const later = new Date(start.getTime() + refreshLifetimeMs + 1)
      await store.open(abandoned, userId, tokens.first(start).stored)
      const token = tokens.first(later)
      await store.open(current, userId, token.stored)
      const rows = await postgres.db.select().from(sessions).where(eq(sessions.userId, userId))
      expect(rows.map(({ id }) => id)).toEqual([current])
      expect(JSON.stringify(await postgres.db.select().from(refreshTokens))).not.toContain(token.value)
    })

    it('deletes the expired tokens of a session when it is refreshed', async () => {
      const store = new PostgresSessions(postgres.db)
      const sessionId = newUserId()
      let at = new Date('2026-01-01T00:00:00Z')
      let token = tokens.first(at).stored
      await store.open(sessionId, await newUser(), token)
      for (let round = 0; round < 4; round += 1) {
        at = new Date(at.getTime() + refreshLifetimeMs * 0.75)
        const next = tokens.first(at).stored
        await store.present(token.hash, next, (presented) => decideRefresh(presented, at))
        token = next
      }
      const rows = await postgres.db.select().from(refreshTokens).where(eq(refreshTokens.sessionId, sessionId))
      expect(rows).toHaveLength(2)
    })
  })
})
