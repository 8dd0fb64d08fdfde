import { randomUUID } from 'node:crypto'
import { integrationEvent } from '@parley/contracts/integration-events'
import { DomainError } from '@parley/kernel/errors'
import fc from 'fast-check'
import { ConversationOwner } from './conversation-owner'
import { type ConversationEvent, foldMembership, isIn, type Member, type Membership, nobody } from './membership'
import { MembershipReplica } from './membership-replica'
import { MembershipStore } from './membership-store'

class MemoryStore extends MembershipStore {
  readonly rows = new Map<string, Membership>()
  load(conversationId: string): Promise<Membership | null> {
    return Promise.resolve(this.rows.get(conversationId) ?? null)
  }
  save(membership: Membership): Promise<void> {
    if ((this.rows.get(membership.conversationId)?.version ?? 0) < membership.version) {
      this.rows.set(membership.conversationId, membership)
    }
    return Promise.resolve()
  }
  conversationsOf(userId: string): Promise<readonly string[]> {
    return Promise.resolve([...this.rows.values()].filter((row) => isIn(row, userId)).map((row) => row.conversationId))
  }
}

class ScriptedOwner extends ConversationOwner {
  asked = 0
  answer: () => Promise<Membership | null> = () => Promise.resolve(null)
  describe(): Promise<Membership | null> {
    this.asked += 1
    return this.answer()
  }
}

const conversationId = randomUUID()
const [ann, ben, cem] = [randomUUID(), randomUUID(), randomUUID()]
const origin = () => ({
  id: randomUUID(),
  source: '/subgraphs/conversation',
  subject: conversationId,
  time: new Date(),
})
const member = (userId: string, role: Member['role'] = 'member'): Member => ({ userId, role })
const at = (streamVersion: number) => ({ conversationId, streamVersion, actorId: ann })
const started = (streamVersion: number): ConversationEvent => {
  const members = [member(ann, 'owner'), member(ben)]
  return integrationEvent('ConversationStarted', { ...at(streamVersion), kind: 'group', title: 'x', members }, origin())
}
const joined = (streamVersion: number, memberId: string): ConversationEvent =>
  integrationEvent('MemberJoined', { ...at(streamVersion), memberId, role: 'member' }, origin())
const left = (streamVersion: number, memberId: string, heirId: string | null = null): ConversationEvent =>
  integrationEvent('MemberLeft', { ...at(streamVersion), memberId, heirId }, origin())
const topicChanged = (streamVersion: number): ConversationEvent =>
  integrationEvent('TopicChanged', { ...at(streamVersion), topic: 'Tents' }, origin())

function replica() {
  const store = new MemoryStore()
  const owner = new ScriptedOwner()
  return { store, owner, replica: new MembershipReplica(store, owner) }
}

describe('MembershipReplica', () => {
  const history = [started(1), joined(2, cem), left(3, ann, ben), joined(4, ann), topicChanged(5), left(6, cem)]
  const final: Membership = { conversationId, version: 6, members: [member(ben, 'owner'), member(ann)] }

  it('I8: ends in the same state for any order and any number of deliveries of its events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...history, ...history], { minLength: 12 }), async (deliveries) => {
        const { store, owner, replica: mine } = replica()
        owner.answer = () => Promise.resolve(final)
        for (const event of deliveries) await mine.apply(event)
        expect(store.rows.get(conversationId)).toEqual(final)
      }),
    )
  })

  it('does not ask the owner while events arrive in order', async () => {
    const { store, owner, replica: mine } = replica()
    for (const event of history) await mine.apply(event)
    expect(store.rows.get(conversationId)).toEqual(final)
    expect(owner.asked).toBe(0)
  })

  it('asks the owner for a missing conversation, and stores the answer', async () => {
    const { store, owner, replica: mine } = replica()
    owner.answer = () => Promise.resolve(final)
    expect(await mine.isMember(conversationId, ann)).toBe(true)
    expect(store.rows.get(conversationId)).toEqual(final)
  })

  it('knows a member who was just added, before the event arrives', async () => {
    const { owner, replica: mine } = replica()
    await mine.apply(started(1))
    expect(await mine.isMember(conversationId, ann)).toBe(true)
    owner.answer = () =>
      Promise.resolve({ conversationId, version: 2, members: [ann, ben, cem].map((id) => member(id)) })
    expect(await mine.isMember(conversationId, cem)).toBe(true)
  })

  it('asks at most once a second about non-members, however often they try', async () => {
    const { owner, replica: mine } = replica()
    const outsider = randomUUID()
    const answers = await Promise.all(Array.from({ length: 50 }, () => mine.isMember(conversationId, outsider)))
    expect(answers).not.toContain(true)
    expect(owner.asked).toBeLessThanOrEqual(2)
  })

  it('lets nobody else wait for a question to the owner that has no answer', async () => {
    const { owner, replica: mine } = replica()
    for (const event of history) await mine.apply(event)
    owner.answer = () => new Promise(() => undefined)
    void mine.members(conversationId, [cem])
    await new Promise(setImmediate)
    expect(owner.asked).toBe(1)
    expect(await mine.members(conversationId)).toEqual(final.members)
    expect(await mine.isMember(conversationId, ben)).toBe(true)
  })

  it('I7: removes a member with the event', async () => {
    const { owner, replica: mine } = replica()
    owner.answer = () => Promise.resolve({ conversationId, version: 2, members: [member(ann)] })
    await mine.apply(started(1))
    expect(await mine.isMember(conversationId, ben)).toBe(true)
    await mine.apply(left(2, ben))
    expect(await mine.isMember(conversationId, ben)).toBe(false)
  })

  it('I7: knows at once of a member whom another process has seen leaving', async () => {
    const { store, owner, replica: mine } = replica()
    for (const event of history.slice(0, 5)) await mine.apply(event)
    expect(await mine.isMember(conversationId, cem)).toBe(true)
    store.rows.set(conversationId, final)
    owner.answer = () => Promise.resolve(final)
    expect(await mine.isMemberNow(conversationId, cem)).toBe(false)
    expect(await mine.isMemberNow(conversationId, ben)).toBe(true)
  })

  it('fails as UNAVAILABLE when the owner does not answer, and asks again next time', async () => {
    const { owner, replica: mine } = replica()
    owner.answer = () => Promise.reject(new DomainError('temporary', 'UNAVAILABLE', 'Away.'))
    await expect(mine.isMember(conversationId, ann)).rejects.toThrow('Away.')
    owner.answer = () => Promise.resolve(final)
    expect(await mine.isMember(conversationId, ann)).toBe(true)
  })
})

describe('foldMembership', () => {
  it('detects a gap', () => expect(foldMembership(nobody(conversationId), joined(3, cem))).toBeNull())
})
