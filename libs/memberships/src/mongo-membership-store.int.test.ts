import { randomUUID } from 'node:crypto'
import { integrationEvent } from '@parley/contracts/integration-events'
import { modelOn } from '@parley/platform/mongo/mongo.module'
import { ConversationOwner } from './conversation-owner'
import type { ConversationEvent, Membership } from './membership'
import { MembershipDocument, membershipDocuments } from './membership-documents'
import { MembershipReplica } from './membership-replica'
import { MongoMembershipStore } from './mongo-membership-store'
import { testMongo, type TestMongo } from '@parley/platform/mongo/testing/test-mongo'

class NoOwner extends ConversationOwner {
  describe(): Promise<null> {
    return Promise.resolve(null)
  }
}

const membership = (conversationId: string, version: number): Membership => ({
  conversationId,
  version,
  members: Array.from({ length: version }, (_, index) => ({ userId: `member-${index}`, role: 'member' })),
})

describe('MongoMembershipStore', () => {
  let mongo: TestMongo
  let store: MongoMembershipStore

  beforeAll(async () => {
    mongo = await testMongo('memberships', membershipDocuments)
    store = new MongoMembershipStore(modelOn(mongo.connection, MembershipDocument))
  }, 30_000)

  afterAll(() => mongo.drop())

  it('has nothing for an unknown conversation', async () => {
    expect(await store.load(randomUUID())).toBeNull()
  })

  it('returns what was stored, and keeps the newer of two versions', async () => {
    const id = randomUUID()
    for (const version of [2, 5, 3, 5]) await store.save(membership(id, version))
    expect(await store.load(id)).toEqual(membership(id, 5))
  })

  it('keeps the newest of many concurrent writes, also when it is the first', async () => {
    const ids = Array.from({ length: 30 }, () => randomUUID())
    const versions = [4, 1, 7, 3, 8, 2, 6, 5]
    await Promise.all(ids.flatMap((id) => versions.map((version) => store.save(membership(id, version)))))
    expect(await Promise.all(ids.map((id) => store.load(id)))).toEqual(ids.map((id) => membership(id, 8)))
  })

  it('I8: two instances that apply the same events end in the same state', async () => {
    const [conversationId, ann, ben, cem] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const origin = () => ({ id: randomUUID(), source: '/subgraphs/test', subject: conversationId, time: new Date() })
    const member = (userId: string) => ({ userId, role: 'member' as const })
    const at = (streamVersion: number) => ({ conversationId, streamVersion, actorId: ann })
    const started = { ...at(1), kind: 'group' as const, title: null, members: [member(ann), member(ben)] }
    const events: ConversationEvent[] = [
      integrationEvent('ConversationStarted', started, origin()),
      integrationEvent('MemberJoined', { ...at(2), memberId: cem, role: 'member' }, origin()),
      integrationEvent('TitleChanged', { ...at(3), title: 'New' }, origin()),
      integrationEvent('MemberLeft', { ...at(4), memberId: ben, heirId: null }, origin()),
    ]
    const instances = [new MembershipReplica(store, new NoOwner()), new MembershipReplica(store, new NoOwner())]
    await Promise.all(
      instances.map(async (instance) => {
        for (const event of events) await instance.apply(event)
      }),
    )
    for (const instance of instances) {
      expect(await instance.current(conversationId)).toEqual({
        conversationId,
        version: 4,
        members: [member(ann), member(cem)],
      })
    }
  })
})
