import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { type ObservedCommands, observeCommands } from '@parley/platform/mongo/testing/query-plans'
import { testMongo, type TestMongo } from '@parley/platform/mongo/testing/test-mongo'
import { type Exemptions, queryPlansContract, runAll } from '@parley/platform/testing/query-plans'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { addedNotifications, mentionNotifications, placeOf } from '../domain/notification'
import { newJoining, newMention } from '../testing/joinings'
import { importNotifications } from './import-notifications'
import { DepartureDocument, documents, MongoNotifications, NotificationDocument } from './mongo-notifications'

/** The server in Python sorts, the one in Rust and mongod do not. */
const onSomeEngines: Exemptions = {
  'a page of what one person was told is found by the index, and sorted': /^notifications .* by \{"place":-1\}/,
}

const [anna, ben] = [newUser(), newUser()]
const joining = newJoining({ actorId: anna, memberIds: [ben] })
const told = addedNotifications(joining)

const planned: PlannedConversation = {
  id: newConversation(),
  kind: 'direct',
  title: null,
  clientId: newConversation(),
  startedEventId: newConversation(),
  startedAt: new Date().toISOString(),
  memberIds: [anna, ben],
  messages: [],
  readLines: {},
}

async function* plan(): AsyncGenerator<PlannedConversation> {
  yield planned
  yield { ...planned, startedEventId: newConversation(), startedAt: '2020-01-01T00:00:00.000Z' }
}

/** Runs every method that queries MongoDB: a new one that is missing here fails the test below. */
function runs(connection: Connection): Record<string, () => unknown> {
  const notifications = new MongoNotifications(
    modelOn(connection, NotificationDocument),
    modelOn(connection, DepartureDocument),
  )
  return {
    'MongoNotifications.add': () => notifications.add(told),
    async 'MongoNotifications.list'() {
      expect(await notifications.list(ben, null, 10)).toEqual(told)
      expect(await notifications.list(ben, told[0] === undefined ? null : placeOf(told[0]), 10)).toEqual([])
    },
    'MongoNotifications.enter': () => notifications.enter([ben], joining.conversationId, 1),
    'MongoNotifications.leave': () => notifications.leave(ben, joining.conversationId, 2),
    'MongoNotifications.forgetFormer': () => notifications.forgetFormer(told),
    async 'MongoNotifications.takeBack'() {
      const mention = newMention({ mentioned: [ben] })
      const { messageId } = mention
      await notifications.add(mentionNotifications(mention))
      await notifications.takeBack(messageId, [ben], mention.seq)
      await notifications.takeBack(messageId, null, 1)
    },
    async importNotifications() {
      await importNotifications(connection, plan(), new Date())
      // Expired notifications are not imported.
      expect(await notifications.list(ben, null, 10)).toMatchObject([{ conversationId: planned.id }])
    },
  }
}

describe('the queries of the notification subgraph', () => {
  let mongo: TestMongo
  let observed: ObservedCommands
  let missed: readonly string[]

  beforeAll(async () => {
    mongo = await testMongo('notification', documents)
    observed = await observeCommands(mongo.url, mongo.database, async (connection) => {
      missed = await runAll(runs(connection), [__dirname], '@parley/platform/mongo')
    })
  }, 60_000)
  afterAll(() => mongo.drop())

  queryPlansContract(
    () => ({ plans: observed.plans, lines: observed.plans.map(({ query }) => query).sort(), missed }),
    {},
    onSomeEngines,
  )

  it('are never retried by the driver: docs/decisions/0011', () => {
    expect(observed.retryable).toEqual([])
  })
})
