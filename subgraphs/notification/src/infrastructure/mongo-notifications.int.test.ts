import { testMongo, type TestMongo } from '@parley/memberships/testing/test-mongo'
import { modelOn } from '@parley/platform/mongo/mongo.module'
import type { SentMessage } from '../domain/notification'
import { newConversation, newMessage } from '../testing/ids'
import { notificationsContract } from '../testing/notifications.contract'
import { documents, NotificationDocument, ReadMarkDocument, RecentMessageDocument } from './documents'
import { MongoNotifications } from './mongo-notifications'
import { MongoRecentMessages } from './mongo-recent-messages'

let mongo: TestMongo

beforeAll(async () => {
  mongo = await testMongo('notification', documents)
}, 30_000)

afterAll(() => mongo.drop(), 30_000)

describe('MongoNotifications', () => {
  notificationsContract(
    () =>
      new MongoNotifications(
        modelOn(mongo.connection, NotificationDocument),
        modelOn(mongo.connection, ReadMarkDocument),
      ),
  )
})

describe('MongoRecentMessages', () => {
  const recent = () => new MongoRecentMessages(modelOn(mongo.connection, RecentMessageDocument))
  const bySeq = (one: SentMessage, other: SentMessage) => one.seq - other.seq

  async function since(conversationId: SentMessage['conversationId'], at: Date): Promise<SentMessage[]> {
    const found: SentMessage[] = []
    for await (const batch of recent().since(conversationId, at)) found.push(...batch)
    return found.sort(bySeq)
  }

  it('brings what was sent since then, each once, in batches', async () => {
    const conversationId = newConversation()
    const now = Date.now()
    const messages = Array.from({ length: 450 }, (_, index) =>
      newMessage({ conversationId, seq: index + 1, at: new Date(now + index * 1_000) }),
    )
    await Promise.all(
      [...messages, ...messages.slice(0, 20), newMessage()].map((message) => recent().remember(message)),
    )
    const from = messages[100]?.at ?? new Date()
    expect(await since(conversationId, from)).toEqual(messages.slice(100))
  })
})
