import { newConversation, newUser } from '@parley/platform/testing/ids'
import { entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { unreadLines } from '../domain/read-state'
import { rebuildProjections } from './rebuild'
import { upgradeToLines } from './upgrade'

describe('an installation of before there were lines', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>

  beforeAll(async () => {
    mongo = await testMongo()
  })
  afterAll(() => mongo.drop())

  it('has the same history, heads and counts afterwards, and continues from there', async () => {
    const { connection } = mongo
    const [conversationId, me, other] = [newConversation(), newUser(), newUser()]
    const actors = [other, me, other, other, me, other]
    const parts = logParts(connection)
    for (const actorId of actors) await parts.log.append(entry({ conversationId, actorId }))
    await parts.publication.onModuleDestroy()
    const before = await parts.log.readAfter(conversationId, 0, 10)
    await parts.events.collection.updateMany({}, { $unset: { line: '', lines: '' }, $set: { type: 'message.sent' } })
    await parts.messages.deleteMany({})
    await parts.inboxRows.deleteMany({})
    await parts.heads.collection.updateMany({}, { $unset: { lines: '', changedAt: '', foldedSeq: '', detailsSeq: '' } })
    const raw = (name: string) => connection.collection<{ _id: string }>(name)
    await raw('read_positions').insertOne({ _id: `${me}:${conversationId}`, seq: 3 } as never)
    await raw('memberships').insertOne({ _id: conversationId, version: 4, memberIds: [me, other] } as never)

    await upgradeToLines(connection)
    await upgradeToLines(connection)
    await rebuildProjections(connection)

    const after = logParts(connection)
    expect(await after.log.readLines(conversationId, 1, 10)).toEqual(before)
    expect(await after.log.head(conversationId)).toEqual({ seq: 6, lines: 6 })
    const head = (await after.conversationHeads.load([conversationId])).get(conversationId)
    expect(head).toMatchObject({ seq: 6, lines: 6, foldedSeq: 6 })
    const unreadOf = async (userId: typeof me) => {
      const state = (await after.inbox.readStates(userId, [conversationId])).get(conversationId)
      return state && unreadLines(state, 6)
    }
    expect([await unreadOf(me), await unreadOf(other)]).toEqual([2, 2])
    expect((await after.log.append(entry({ conversationId, actorId: me }))).lines).toBe(7)
    const stored = await raw('memberships').findOne({ _id: conversationId })
    expect(stored).toMatchObject({ members: [me, other].map((userId) => ({ userId, role: 'member' })) })
  })
})
