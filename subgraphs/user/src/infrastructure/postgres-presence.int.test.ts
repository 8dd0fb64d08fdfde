import { randomUUID } from 'node:crypto'
import { emojiIn } from '@parley/kernel/emoji'
import { membershipStoreContract } from '@parley/memberships/testing/membership-store.contract'
import { type TestDatabase, testDatabase } from '@parley/platform/postgres/testing/test-database'
import { noSettings } from '../domain/presence'
import type { Status } from '../domain/status'
import { account, newUserId, registeredEvent } from '../testing/sample-accounts'
import { migrationsFolder } from '../testing/test-service'
import { PostgresAccounts } from './postgres-accounts'
import { PostgresMemberships } from './postgres-memberships'
import { PostgresPresenceSettings } from './postgres-presence-settings'

describe('presence in PostgreSQL', () => {
  let postgres: TestDatabase
  let memberships: PostgresMemberships
  let settings: PostgresPresenceSettings
  beforeAll(async () => {
    postgres = await testDatabase(migrationsFolder)
    memberships = new PostgresMemberships(postgres.db, postgres.sql)
    settings = new PostgresPresenceSettings(postgres.db)
  })
  afterAll(() => postgres.drop())

  describe('PostgresMemberships', () => {
    membershipStoreContract(() => memberships)

    it('I7: people see whom they share a conversation with, and no longer', async () => {
      const [ann, ben, cem] = [newUserId(), newUserId(), newUserId()]
      const [conversationId, other] = [randomUUID(), randomUUID()]
      const save = (id: string, version: number, ...ids: string[]) =>
        memberships.save({
          conversationId: id,
          version,
          members: ids.map((userId) => ({ userId, role: 'member' as const })),
        })
      const everyone = [ann, ben, cem, newUserId()]
      await save(conversationId, 1, ann, ben)
      await save(other, 1, ben, cem)
      expect(await memberships.among(ann, everyone)).toEqual(new Set([ben]))
      expect(await memberships.among(ben, everyone)).toEqual(new Set([ann, cem]))
      expect(await memberships.among(cem, [ann])).toEqual(new Set())
      await save(conversationId, 2, ben)
      expect(await memberships.among(ann, everyone)).toEqual(new Set())
    })
  })

  describe('PostgresPresenceSettings', () => {
    const status: Status = { emoji: emojiIn('🌴'), text: 'On leave', expiresAt: new Date('2027-01-05T08:00:00.123Z') }

    it('keeps a status and the privacy apart, and clears a status', async () => {
      const anna = account()
      await new PostgresAccounts(postgres.db).add(anna, registeredEvent(anna))
      const { id } = anna.user
      expect(await settings.read([id])).toEqual([noSettings])
      expect(await settings.setStatus(id, status)).toBe(true)
      expect(await settings.setHidden(id, true)).toBe(true)
      expect(await settings.read([newUserId(), id, id])).toEqual([
        noSettings,
        { isHidden: true, status },
        { isHidden: true, status },
      ])
      await settings.setStatus(id, null)
      expect(await settings.read([id])).toEqual([{ isHidden: true, status: null }])
    })

    it('sets nothing for an account that does not exist', async () => {
      expect(await settings.setStatus(newUserId(), status)).toBe(false)
      expect(await settings.setHidden(newUserId(), true)).toBe(false)
    })
  })
})
