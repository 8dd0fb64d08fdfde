import { modelOn } from '@parley/platform/mongo/mongo.module'
import { testMongo, type TestMongo } from '@parley/platform/mongo/testing/test-mongo'
import { MembershipDocument, membershipDocuments } from './membership-documents'
import { MongoMembershipStore } from './mongo-membership-store'
import { membershipStoreContract } from './testing/membership-store.contract'

describe('MongoMembershipStore', () => {
  let mongo: TestMongo
  let store: MongoMembershipStore

  beforeAll(async () => {
    mongo = await testMongo('memberships', membershipDocuments)
    store = new MongoMembershipStore(modelOn(mongo.connection, MembershipDocument))
  }, 30_000)

  afterAll(() => mongo.drop())

  membershipStoreContract(() => store)
})
