import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { UserId } from '@parley/kernel/ids'
import type { EventProducer } from '@parley/platform/kafka/event-producer'
import type { Database, Sql } from '@parley/platform/postgres/database'
import { readStream } from '@parley/platform/postgres/event-store'
import { OutboxRelay } from '@parley/platform/postgres/outbox-relay'
import { linesOf, observePlans, type StatementPlan } from '@parley/platform/postgres/testing/query-plans'
import type { TestDatabase } from '@parley/platform/postgres/testing/test-database'
import { type Exemptions, queryPlansContract, runAll } from '@parley/platform/testing/query-plans'
import { newClientId, newUser } from '@parley/platform/testing/ids'
import { eq } from 'drizzle-orm'
import { v5 } from 'uuid'
import { directConversationId, groupConversationId } from '../application/conversation-ids'
import { addMembers, leave, rename, setTopic, startGroup } from '../domain/commands'
import { conversationTitle, conversationTopic } from '../domain/conversation'
import { testPostgres } from '../testing/test-postgres'
import { importConversations } from './import-conversations'
import { PostgresActivity } from './postgres-activity'
import { PostgresConversationDirectory } from './postgres-conversation-directory'
import { PostgresConversations } from './postgres-conversations'
import { PostgresKnownUsers } from './postgres-known-users'
import { rebuildProjections } from './rebuild'
import { events } from './schema'
import { storedConversation } from './stored-events'

const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
const id = groupConversationId(anna, newClientId())
const others = Array.from({ length: 3 }, () => groupConversationId(newUser(), newClientId()))
const direct = directConversationId(anna, cleo)
const at = (second: number): Date => new Date(Date.UTC(2027, 0, 1, 12, 0, second))
const by = (actor: UserId, second: number) => ({ actor, at: at(second) })

const exemptions: Exemptions = {
  'a rebuild empties the read models and folds every event': /^delete from "(members|conversations)"$/,
  'a rebuild carries over what messages have moved': /kept_activity|^\s*update members set last_activity_at/,
}

/** Runs every method that queries PostgreSQL: a new one that is missing here fails the test below. */
function runs(db: Database, sql: Sql, unobserved: Database): Record<string, () => unknown> {
  const conversations = new PostgresConversations(db)
  const directory = new PostgresConversationDirectory(db)
  const known = new PostgresKnownUsers(db)
  return {
    async 'PostgresConversations.handle'() {
      const title = conversationTitle('Weekend')
      await conversations.handle(id, startGroup(anna, title, [ben]), by(anna, 0))
      await conversations.handle(id, addMembers(ben, [cleo]), by(ben, 1))
      await conversations.handle(id, rename(cleo, conversationTitle('Later')), by(cleo, 2))
      await conversations.handle(id, leave(anna), by(anna, 3))
      await conversations.handle(id, setTopic(ben, conversationTopic('Tents')), by(ben, 4))
    },
    'PostgresActivity.record': () => new PostgresActivity(db).record(id, at(3_600)),
    // By PostgresActivity.record and project.
    recordActivity: () => undefined,
    spreadActivity: () => undefined,
    isAmong: () => undefined,
    'PostgresConversations.describe': () => conversations.describe(id),
    async 'PostgresConversationDirectory.visibleTo'() {
      await directory.visibleTo(ben, [id])
      await directory.visibleTo(ben, [id, ...others])
    },
    async 'PostgresConversationDirectory.listOf'() {
      await directory.listOf(ben, null, 20)
      await directory.listOf(ben, { lastActivityAt: at(5), id }, 20)
    },
    async 'PostgresConversationDirectory.membersOf'() {
      await directory.membersOf([id])
      await directory.membersOf([id, ...others])
    },
    async 'PostgresKnownUsers.add'() {
      await known.add([anna, ben])
    },
    'PostgresKnownUsers.among': () => known.among([anna, ben]),
    importConversations: () => importConversations(db, plan()),
    // By handle, importConversations and rebuildProjections.
    project: () => undefined,
    // Of the platform.
    readStream: () => readStream(db, storedConversation, id, 2),
    async 'OutboxRelay.relayBatch'() {
      const producer = { publish: () => Promise.resolve() } as unknown as EventProducer
      expect(await new OutboxRelay(db, sql, producer).relayBatch()).toBeGreaterThan(0)
    },
    async rebuildProjections() {
      await unobserved.delete(events).where(eq(events.actor, filler))
      expect(await rebuildProjections(db)).toBe(6)
    },
  }
}

const planned: PlannedConversation = {
  id: direct,
  kind: 'direct',
  title: null,
  clientId: newClientId(),
  startedEventId: v5('1', direct),
  startedAt: at(0).toISOString(),
  memberIds: [anna, cleo],
  messages: [{ id: v5('2', direct), clientId: newClientId(), authorId: anna, at: at(60).toISOString(), text: 'Hi' }],
  readLines: {},
}

async function* plan(): AsyncGenerator<PlannedConversation> {
  yield planned
}

const filler = newUser()

/** As much data as in an installation after a while, so that the server plans as it would there. */
async function fill(sql: Sql): Promise<void> {
  await sql`
    insert into conversations
    select gen_random_uuid(), 'group', 'Weekend', 20, now(), now() from generate_series(1, 2000)`
  await sql`insert into known_users select gen_random_uuid() from generate_series(1, 4000)`
  // Every user is in ten conversations.
  await sql`
    insert into members
    select c.id, k.id, 'member', now() - random() * interval '1 year', 1, place, now()
    from (select id, row_number() over () n from conversations) c
    cross join generate_series(1, 20) place
    join (select id, row_number() over () n from known_users) k on k.n = (c.n * 20 + place) % 4000 + 1`
  await sql`
    insert into events
    select gen_random_uuid(), 1, 'renamed', '{}', ${filler}, now() from generate_series(1, 20000)`
  await sql`
    insert into outbox (topic, key, event) select 'parley.conversation', gen_random_uuid(), '{}' from generate_series(1, 2000)`
  await sql`analyze`
}

describe('the queries of the conversation subgraph', () => {
  let postgres: TestDatabase
  let plans: readonly StatementPlan[]
  let missed: readonly string[]

  beforeAll(async () => {
    postgres = await testPostgres()
    await fill(postgres.sql)
    plans = await observePlans(postgres.url, async (db, sql) => {
      missed = await runAll(runs(db, sql, postgres.db), [__dirname], '@parley/platform/postgres')
    })
  }, 180_000)
  afterAll(() => postgres.drop())

  queryPlansContract(() => ({ plans, lines: linesOf(plans), missed }), exemptions)
})
