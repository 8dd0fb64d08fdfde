import { randomUUID } from 'node:crypto'
import { integrationEvent } from '@parley/contracts/integration-events'
import { ConversationOwner } from '../conversation-owner'
import type { ConversationEvent, Membership } from '../membership'
import { MembershipReplica } from '../membership-replica'
import type { MembershipStore } from '../membership-store'

class NoOwner extends ConversationOwner {
  describe(): Promise<null> {
    return Promise.resolve(null)
  }
}

const membership = (conversationId: string, version: number, people: readonly string[]): Membership => ({
  conversationId,
  version,
  members: people.slice(0, version).map((userId) => ({ userId, role: 'member' })),
})

const inOrder = (found: Membership | null) =>
  found && { ...found, members: found.members.toSorted((one, other) => (one.userId < other.userId ? -1 : 1)) }

/** The contract of MembershipStore: run on every engine that keeps the replica. */
export function membershipStoreContract(stored: () => MembershipStore): void {
  const people = Array.from({ length: 8 }, () => randomUUID())
  const at = (conversationId: string, version: number) => membership(conversationId, version, people)

  it('has nothing for an unknown conversation', async () => {
    expect(await stored().load(randomUUID())).toBeNull()
  })

  it('returns what was stored, and keeps the newer of two versions', async () => {
    const id = randomUUID()
    for (const version of [2, 5, 3, 5]) await stored().save(at(id, version))
    expect(inOrder(await stored().load(id))).toEqual(inOrder(at(id, 5)))
  })

  it('keeps the newest of many concurrent writes, also when it is the first', async () => {
    const ids = Array.from({ length: 30 }, () => randomUUID())
    const versions = [4, 1, 7, 3, 8, 2, 6, 5]
    await Promise.all(ids.flatMap((id) => versions.map((version) => stored().save(at(id, version)))))
    const found = await Promise.all(ids.map((id) => stored().load(id)))
    expect(found.map(inOrder)).toEqual(ids.map((id) => inOrder(at(id, 8))))
  })

  it('I8: two instances that apply the same events end in the same state', async () => {
    const [conversationId, ann, ben, cem] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const origin = () => ({ id: randomUUID(), source: '/subgraphs/test', subject: conversationId, time: new Date() })
    const member = (userId: string) => ({ userId, role: 'member' as const })
    const versioned = (streamVersion: number) => ({ conversationId, streamVersion, actorId: ann })
    const started = { ...versioned(1), kind: 'group' as const, title: null, members: [member(ann), member(ben)] }
    const events: ConversationEvent[] = [
      integrationEvent('ConversationStarted', started, origin()),
      integrationEvent('MemberJoined', { ...versioned(2), memberId: cem, role: 'member' }, origin()),
      integrationEvent('TitleChanged', { ...versioned(3), title: 'New' }, origin()),
      integrationEvent('MemberLeft', { ...versioned(4), memberId: ben, heirId: null }, origin()),
    ]
    const instances = [new MembershipReplica(stored(), new NoOwner()), new MembershipReplica(stored(), new NoOwner())]
    await Promise.all(
      instances.map(async (instance) => {
        for (const event of events) await instance.apply(event)
      }),
    )
    for (const instance of instances) {
      const expected = { conversationId, version: 4, members: [member(ann), member(cem)] }
      expect(inOrder(await instance.current(conversationId))).toEqual(inOrder(expected))
    }
  })

  it('lists the conversations of a person, until they leave', async () => {
    const [ann, ben, one, other] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const of = (conversationId: string, version: number, ...ids: string[]) =>
      stored().save({ conversationId, version, members: ids.map((userId) => ({ userId, role: 'member' })) })
    await of(one, 1, ann, ben)
    await of(other, 1, ann)
    expect((await stored().conversationsOf(ann)).toSorted()).toEqual([one, other].toSorted())
    await of(one, 2, ben)
    expect(await stored().conversationsOf(ann)).toEqual([other])
    await of(other, 2)
    expect(await stored().conversationsOf(ann)).toEqual([])
  })
}
