import { bookmarksContract } from '../testing/bookmarks.contract'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'

describe('MongoBookmarks', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>

  beforeAll(async () => {
    mongo = await testMongo()
  }, 30_000)
  afterAll(() => mongo.drop())

  bookmarksContract(() => logParts(mongo.connection).bookmarks)
})
