import { randomUUID } from 'node:crypto'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { EventProducer } from '@parley/platform/kafka/event-producer'
import type { Database, Sql } from '@parley/platform/postgres/database'
import { OutboxRelay } from '@parley/platform/postgres/outbox-relay'
import { linesOf, observePlans, type StatementPlan } from '@parley/platform/postgres/testing/query-plans'
import { type Exemptions, queryPlansContract, runAll } from '@parley/platform/testing/query-plans'
import { type TestDatabase, testDatabase } from '@parley/platform/postgres/testing/test-database'
import { RefreshTokens } from '../application/refresh-tokens'
import type { DisplayName } from '../domain/account'
import { decideRefresh } from '../domain/session'
import type { UserEnv } from '../env'
import { account, newUserId, newUsername, registeredEvent, renamedEvent } from '../testing/sample-accounts'
import { migrationsFolder } from '../testing/test-service'
import { importMemberships } from './import-memberships'
import { importPeople } from './import-people'
import { PostgresAccounts } from './postgres-accounts'
import { PostgresMemberships } from './postgres-memberships'
import { PostgresPeople } from './postgres-people'
import { PostgresPresenceSettings } from './postgres-presence-settings'
import { PostgresSessions } from './postgres-sessions'
import { ensureSigningKey, readKeys, rotateSigningKey } from './signing-key-store'
import { SigningKeys } from './signing-keys'

const secret = Buffer.alloc(32, 1)
const tokens = new RefreshTokens(secret)
const anna = account()
const first = tokens.first(new Date())
const next = tokens.after(first.value, new Date())
const [sessionId, stolenId] = [randomUUID(), randomUUID()]
const stolen = tokens.first(new Date())
const conversation = randomUUID()

const exemptions: Exemptions = {
  'a handful of signing keys is read as a whole, twice a minute': /^select .* from "signing_keys"$/,
  'a handful of signing keys, at a rotation': /^update "signing_keys"/,
}

async function* plan(): AsyncGenerator<PlannedConversation> {
  const memberIds = [newUserId(), newUserId()]
  yield { id: randomUUID(), kind: 'direct', title: null, memberIds } as unknown as PlannedConversation
}

/** Runs every method that queries PostgreSQL: a new one that is missing here fails the test below. */
function runs(db: Database, sql: Sql): Record<string, () => unknown> {
  const accounts = new PostgresAccounts(db)
  const people = new PostgresPeople(db, sql)
  const sessions = new PostgresSessions(db)
  const memberships = new PostgresMemberships(db, sql)
  const settings = new PostgresPresenceSettings(db)
  const keys = new SigningKeys(db, { SIGNING_KEY_SECRET: secret } as UserEnv)
  const userId = anna.user.id
  return {
    'PostgresAccounts.add': () => accounts.add(anna, registeredEvent(anna)),
    'PostgresAccounts.rename': () => accounts.rename(userId, 'Anna B' as DisplayName, renamedEvent(anna, 'Anna B')),
    'PostgresAccounts.credentialsOf': () => accounts.credentialsOf(anna.user.username),
    'PostgresPeople.byIds': () => people.byIds([userId, newUserId(), newUserId()]),
    async 'PostgresPeople.find'() {
      for (const prefix of ['a', 'anna', 'name 77']) await people.find(prefix, newUserId(), 25)
    },
    async 'PostgresMemberships.save'() {
      const members = [userId, newUserId()].map((id) => ({ userId: id, role: 'member' as const }))
      await memberships.save({ conversationId: conversation, version: 1, members })
    },
    'PostgresMemberships.load': () => memberships.load(conversation),
    'PostgresMemberships.conversationsOf': () => memberships.conversationsOf(userId),
    'PostgresMemberships.among': () => memberships.among(userId, [newUserId(), newUserId()]),
    'PostgresPresenceSettings.read': () => settings.read([userId, newUserId()]),
    'PostgresPresenceSettings.setStatus': () => settings.setStatus(userId, null),
    'PostgresPresenceSettings.setHidden': () => settings.setHidden(userId, true),
    async 'PostgresSessions.open'() {
      await sessions.open(sessionId, userId, first.stored)
      await sessions.open(stolenId, userId, stolen.stored)
    },
    async 'PostgresSessions.present'() {
      const rotated = await sessions.present(first.stored.hash, next.stored, (token) =>
        decideRefresh(token, new Date()),
      )
      expect(rotated.type).toBe('rotate')
      await sessions.present(stolen.stored.hash, next.stored, () => ({ type: 'revoke', sessionId: stolenId }))
    },
    'PostgresSessions.sessionIdOf': () => sessions.sessionIdOf(next.stored.hash),
    'PostgresSessions.revoke': () => sessions.revoke(sessionId, new Date()),
    async 'PostgresSessions.revokedSince'() {
      const since = new Date(Date.now() - 900_000)
      const { cursor } = await sessions.revokedSince(since, null)
      await sessions.revokedSince(since, cursor)
    },
    importMemberships: () => importMemberships(db, plan()),
    importPeople: () =>
      importPeople(
        db,
        [{ id: newUserId(), username: newUsername(), displayName: 'Ben Bo', createdAt: new Date().toISOString() }],
        'correct horse battery staple',
      ),
    ensureSigningKey: () => ensureSigningKey(db, secret, new Date()),
    rotateSigningKey: () => rotateSigningKey(db, secret, new Date()),
    readKeys: () => readKeys(db),
    'SigningKeys.signer': () => keys.signer(new Date()),
    'SigningKeys.published': () => keys.published(new Date()),
    // Sends no query.
    openPrivateJwk: () => undefined,
    // Part of the platform.
    async 'OutboxRelay.relayBatch'() {
      const producer = { publish: () => Promise.resolve() } as unknown as EventProducer
      expect(await new OutboxRelay(db, sql, producer).relayBatch()).toBeGreaterThan(0)
    },
  }
}

/** As much data as in an installation after a while, so that the server plans as it would there. */
async function fill(sql: Sql): Promise<void> {
  await sql`
    insert into users
    select gen_random_uuid(), 'u_' || n, 'Name ' || n, '$argon2id$', now() from generate_series(1, 20000) n`
  await sql`
    insert into user_search_terms
    select id, term from users cross join lateral (values (username), (lower(display_name))) terms (term)`
  await sql`
    insert into sessions (id, user_id, created_at, last_used_at, revoked_at, revoked_in)
    select gen_random_uuid(), id, now(), now(), revoked.at, case when revoked.at is null then null else '1'::xid8 end
    from users cross join lateral (select case when random() < 0.2 then now() - random() * interval '30 days' end as at) revoked`
  await sql`
    insert into refresh_tokens
    select md5(random()::text), s.id, now(), now() + interval '30 days', null from sessions s cross join generate_series(1, 2)`
  await sql`
    insert into outbox (topic, key, event) select 'parley.user', gen_random_uuid(), '{}' from generate_series(1, 2000)`
  await sql`
    insert into known_conversations select gen_random_uuid(), 1 from generate_series(1, 10000)`
  await sql`
    insert into conversation_members
    select u.id, c.id, 'member' from (select id, row_number() over () n from known_conversations) c
    join (select id, row_number() over () n from users) u on u.n % 2000 between c.n % 2000 and c.n % 2000 + 4`
  await sql`insert into presence_settings select id, false, null, 'Away', null from users`
  await sql`analyze`
}

describe('the queries of the user subgraph', () => {
  let postgres: TestDatabase
  let plans: readonly StatementPlan[]
  let missed: readonly string[]

  beforeAll(async () => {
    postgres = await testDatabase(migrationsFolder)
    await fill(postgres.sql)
    plans = await observePlans(postgres.url, async (db, sql) => {
      missed = await runAll(runs(db, sql), [__dirname], '@parley/platform/postgres')
    })
  }, 180_000)
  afterAll(() => postgres.drop())

  queryPlansContract(() => ({ plans, lines: linesOf(plans), missed }), exemptions)
})
