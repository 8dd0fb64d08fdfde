import { modelOn } from '@parley/platform/mongo/mongo.module'
import { testMongo, type TestMongo } from '@parley/platform/mongo/testing/test-mongo'
import { notificationsContract } from '../testing/notifications.contract'
import { DepartureDocument, documents, MongoNotifications, NotificationDocument } from './mongo-notifications'

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
        modelOn(mongo.connection, DepartureDocument),
      ),
  )
})
