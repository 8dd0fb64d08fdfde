import { parseIntegrationEvent } from '@parley/contracts/integration-events'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { openDatabase, type TestDatabase } from '@parley/platform/postgres/testing/test-database'
import { withRequestContext } from '@parley/platform/logging/request-context'
import { newClientId, newUser } from '@parley/platform/testing/ids'
import { asc, eq, sql } from 'drizzle-orm'
import { groupConversationId } from '../application/conversation-ids'
import { addMembers, leave, rename, setTopic, startGroup } from '../domain/commands'
import { conversationTitle, conversationTopic } from '../domain/conversation'
import { conversationsContract } from '../testing/conversations.contract'
import { knownUsersContract } from '../testing/known-users.contract'
import { testPostgres } from '../testing/test-postgres'
import { activityStepMs, PostgresActivity } from './postgres-activity'
import { PostgresConversationDirectory } from './postgres-conversation-directory'
import { PostgresConversations } from './postgres-conversations'
import { PostgresKnownUsers } from './postgres-known-users'
import { rebuildProjections } from './rebuild'
import { conversations, events, members, outbox } from './schema'

const at = (second: number): Date => new Date(Date.UTC(2027, 0, 1, 12, 0, second, 345))
const by = (actor: UserId, second: number) => ({ actor, at: at(second) })

describe('conversations in PostgreSQL', () => {
  let postgres: TestDatabase
  let other: TestDatabase
  let writer: PostgresConversations

  async function liveThrough(id: ConversationId, [anna, ben, cleo]: readonly [UserId, UserId, UserId]): Promise<void> {
    await writer.handle(id, startGroup(anna, conversationTitle('Weekend'), [ben]), by(anna, 0))
    await writer.handle(id, addMembers(ben, [cleo]), by(ben, 1))
    await writer.handle(id, rename(cleo, conversationTitle('Later')), by(cleo, 2))
    await writer.handle(id, leave(anna), by(anna, 3))
    await writer.handle(id, setTopic(ben, conversationTopic('Tents')), by(ben, 4))
  }
  const published = async (id: string) => {
    const rows = await postgres.db.select().from(outbox).where(eq(outbox.key, id)).orderBy(asc(outbox.id))
    return rows.map(({ topic, event }) => ({ topic, event: parseIntegrationEvent(event) }))
  }

  beforeAll(async () => {
    postgres = await testPostgres()
    other = openDatabase(postgres.url)
    writer = new PostgresConversations(postgres.db)
  })
  afterAll(async () => {
    await other.sql.end()
    await postgres.drop()
  })

  describe('PostgresConversations, two processes', () => {
    conversationsContract(() => ({
      writers: [writer, new PostgresConversations(other.db)],
      directory: new PostgresConversationDirectory(postgres.db),
      activity: new PostgresActivity(postgres.db),
    }))
  })
  describe('PostgresKnownUsers', () => knownUsersContract(() => new PostgresKnownUsers(postgres.db)))

  it('stores events as JSON that SQL can read', async () => {
    await liveThrough(groupConversationId(newUser(), newClientId()), [newUser(), newUser(), newUser()])
    const [kinds] = await postgres.db.execute(
      sql`select array_agg(distinct jsonb_typeof(data)) as found from ${events}`,
    )
    expect(kinds).toEqual({ found: ['object'] })
  })

  it('publishes exactly what happened, in order, with ids that never change', async () => {
    const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
    const id = groupConversationId(anna, newClientId())
    await withRequestContext({ requestId: 'request-0001' }, () => liveThrough(id, [anna, ben, cleo]))
    await writer.handle(id, addMembers(ben, [cleo]), by(ben, 5))
    const found = await published(id)
    expect(new Set(found.map(({ topic }) => topic))).toEqual(new Set(['parley.conversation']))
    expect(found.map(({ event }) => ({ type: event.type, data: event.data, time: event.time }))).toEqual([
      {
        type: 'ConversationStarted',
        time: at(0).toISOString(),
        data: {
          conversationId: id,
          streamVersion: 1,
          kind: 'group',
          title: 'Weekend',
          actorId: anna,
          members: [
            { userId: anna, role: 'owner' },
            { userId: ben, role: 'member' },
          ],
        },
      },
      {
        type: 'MemberJoined',
        time: at(1).toISOString(),
        data: { conversationId: id, streamVersion: 2, actorId: ben, memberId: cleo, role: 'member' },
      },
      {
        type: 'TitleChanged',
        time: at(2).toISOString(),
        data: { conversationId: id, streamVersion: 3, actorId: cleo, title: 'Later' },
      },
      {
        type: 'MemberLeft',
        time: at(3).toISOString(),
        data: { conversationId: id, streamVersion: 4, actorId: anna, memberId: anna, heirId: ben },
      },
      {
        type: 'TopicChanged',
        time: at(4).toISOString(),
        data: { conversationId: id, streamVersion: 5, actorId: ben, topic: 'Tents' },
      },
    ])
    expect(new Set(found.map(({ event }) => event.id)).size).toBe(5)
    expect(found.map(({ event }) => event.requestid)).toEqual(Array.from({ length: 5 }, () => 'request-0001'))
  })

  it('publishes a raced start once', async () => {
    const anna = newUser()
    const id = groupConversationId(anna, newClientId())
    const memberIds = [newUser()]
    const start = startGroup(anna, conversationTitle('Once'), memberIds)
    const writers = [writer, new PostgresConversations(other.db), writer, new PostgresConversations(other.db)]
    await Promise.all(writers.map((one) => one.handle(id, start, by(anna, 0))))
    expect((await published(id)).map(({ event }) => event.type)).toEqual(['ConversationStarted'])
    const rival = startGroup(anna, conversationTitle('Twice'), memberIds)
    await expect(writer.handle(id, rival, by(anna, 1))).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' })
    expect(await published(id)).toHaveLength(1)
  })

  it('writes to the members of a busy conversation once in a while', async () => {
    const [anna, ben] = [newUser(), newUser()]
    const id = groupConversationId(anna, newClientId())
    await writer.handle(id, startGroup(anna, conversationTitle('Busy'), [ben]), by(anna, 0))
    const activity = new PostgresActivity(postgres.db)
    const moments = Array.from({ length: 30 }, (_, second) => at(60 + second))
    const seen = new Set<string>()
    for (const moment of moments) {
      await activity.record(id, moment)
      const rows = await postgres.db.select().from(members).where(eq(members.conversationId, id))
      const times = new Set(rows.map(({ lastActivityAt }) => lastActivityAt.toISOString()))
      expect(times.size).toBe(1)
      for (const time of times) {
        expect(moment.getTime() - Date.parse(time)).toBeLessThanOrEqual(activityStepMs)
        seen.add(time)
      }
    }
    expect(seen.size).toBeLessThanOrEqual(6)
  })

  it('lets members come, go and write at once', async () => {
    const anna = newUser()
    const id = groupConversationId(anna, newClientId())
    await writer.handle(id, startGroup(anna, conversationTitle('Lively'), []), by(anna, 0))
    const people = Array.from({ length: 10 }, newUser)
    const writing = async () => {
      for (let count = 1; count <= 40; count += 1) await new PostgresActivity(other.db).record(id, at(count * 10))
    }
    const comingAndGoing = async () => {
      for (const person of people) await writer.handle(id, addMembers(anna, [person]), by(anna, 1))
      for (const person of people.slice(0, 5)) await writer.handle(id, leave(person), by(person, 2))
    }
    await Promise.all([writing(), comingAndGoing()])
    const rows = await postgres.db.select().from(members).where(eq(members.conversationId, id))
    expect(rows.map(({ lastActivityAt }) => lastActivityAt)).toEqual(Array.from({ length: 6 }, () => at(400)))
  })

  describe('I9: the rebuilt read models', () => {
    const state = async () => ({
      conversations: await postgres.db.select().from(conversations).orderBy(asc(conversations.id)),
      members: await postgres.db.select().from(members).orderBy(asc(members.conversationId), asc(members.userId)),
    })

    it('equal the live ones, and publish nothing again', async () => {
      for (let count = 0; count < 5; count += 1) {
        await liveThrough(groupConversationId(newUser(), newClientId()), [newUser(), newUser(), newUser()])
      }
      for (const { id } of await postgres.db.select().from(conversations))
        await new PostgresActivity(postgres.db).record(id as ConversationId, at(3_600))
      const live = await state()
      const { length: outgoing } = await postgres.db.select().from(outbox)
      await postgres.db.update(conversations).set({ title: 'spoiled', memberCount: 0 })
      await postgres.db.delete(members)
      const folded = await rebuildProjections(postgres.db)
      expect(await state()).toEqual(live)
      expect(live.conversations.length).toBeGreaterThan(5)
      expect(await postgres.db.select().from(events)).toHaveLength(folded)
      expect(await postgres.db.select().from(outbox)).toHaveLength(outgoing)
    })

    it('lack nothing that is written meanwhile', async () => {
      const anna = newUser()
      const id = groupConversationId(anna, newClientId())
      await writer.handle(id, startGroup(anna, conversationTitle('Busy'), []), by(anna, 0))
      const joining = Array.from({ length: 20 }, newUser)
      const additions = async () => {
        for (const userId of joining) await writer.handle(id, addMembers(anna, [userId]), by(anna, 1))
      }
      const rebuilds = async () => {
        for (let count = 0; count < 3; count += 1) await rebuildProjections(other.db)
      }
      await Promise.all([additions(), rebuilds()])
      const live = await state()
      await rebuildProjections(other.db)
      expect(await state()).toEqual(live)
      expect(live.conversations.find((one) => one.id === id)?.memberCount).toBe(21)
    })
  })
})
