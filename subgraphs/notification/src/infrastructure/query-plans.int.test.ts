import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { membershipDocuments } from '@parley/memberships/membership-documents'
import { testMongo, type TestMongo } from '@parley/memberships/testing/test-mongo'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { type ObservedCommands, observeCommands } from '@parley/platform/mongo/testing/query-plans'
import { queryPlansContract, runAll } from '@parley/platform/testing/query-plans'
import { messageNotifications } from '../domain/notification'
import { newConversation, newMessage, newUser } from '../testing/ids'
import { documents, NotificationDocument, ReadMarkDocument, RecentMessageDocument } from './documents'
import { importNotifications } from './import-notifications'
import { MongoNotifications } from './mongo-notifications'
import { MongoRecentMessages } from './mongo-recent-messages'

const [anna, ben] = [newUser(), newUser()]
const conversationId = newConversation()
const message = newMessage({ conversationId, seq: 2 })

const planned: PlannedConversation = {
  id: newConversation(),
  kind: 'direct',
  title: null,
  clientId: newConversation(),
  startedEventId: newConversation(),
  startedAt: new Date().toISOString(),
  memberIds: [anna, ben],
  messages: [],
  readSeqs: { [anna]: 1 },
}

async function* plan(): AsyncGenerator<PlannedConversation> {
  yield planned
}

/** A run of everything that asks MongoDB: one that is added and not named here fails the test below. */
function runs(connection: Connection): Record<string, () => unknown> {
  const marks = modelOn(connection, ReadMarkDocument)
  const notifications = new MongoNotifications(modelOn(connection, NotificationDocument), marks)
  const recent = new MongoRecentMessages(modelOn(connection, RecentMessageDocument))
  return {
    'MongoNotifications.add': () => notifications.add(messageNotifications(message, [anna, ben])),
    'MongoNotifications.recordReading': () => notifications.recordReading(anna, conversationId, 2),
    'MongoNotifications.applyReadings': () => notifications.applyReadings(conversationId, [anna, ben], 1),
    async 'MongoNotifications.countUnread'() {
      expect(await notifications.countUnread(ben)).toBe(1)
    },
    'MongoNotifications.forget': () => notifications.forget(conversationId, [anna, ben]),
    'MongoRecentMessages.remember': () => recent.remember(message),
    async 'MongoRecentMessages.since'() {
      for await (const batch of recent.since(conversationId, message.at)) expect(batch).toHaveLength(1)
    },
    importNotifications: () => importNotifications(connection, plan(), new Date()),
  }
}

describe('the queries of the notification subgraph', () => {
  let mongo: TestMongo
  let observed: ObservedCommands
  let missed: readonly string[]

  beforeAll(async () => {
    mongo = await testMongo('notification', [...documents, ...membershipDocuments])
    observed = await observeCommands(mongo.url, mongo.database, async (connection) => {
      missed = await runAll(runs(connection), [__dirname], '@parley/platform/mongo')
    })
  }, 60_000)
  afterAll(() => mongo.drop())

  queryPlansContract(() => ({ plans: observed.plans, lines: observed.plans.map(({ query }) => query).sort(), missed }))

  it('are never repeated by the driver: docs/decisions/0011', () => {
    expect(observed.retryable).toEqual([])
  })
})
