import { newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve } from '../domain/message'
import { deletionOf, editOf, entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { unreadLines } from '../domain/read-state'
import { rebuildProjections } from './rebuild'
import { nameLateEdits, upgradeToLines } from './upgrade'

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

describe('an installation that is upgraded while it runs', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>

  beforeAll(async () => {
    mongo = await testMongo()
  })
  afterAll(() => mongo.drop())

  it('loses the deleted texts of edits that a process of the former release has written meanwhile', async () => {
    const conversationId = newConversation()
    const { log, erasure, events, publication } = logParts(mongo.connection)
    const named = new Date()
    const [deleted, kept] = [await log.append(entry({ conversationId })), await log.append(entry({ conversationId }))]
    const [message, other] = [evolve(null, deleted), evolve(null, kept)]
    if (message === null || other === null) throw new Error('Nothing was sent')
    await log.append(editOf(message, 'A secret'))
    await log.append(editOf(other, 'Not a secret'))
    await events.collection.updateMany({ type: 'MessageEdited' }, { $unset: { about: '' } })
    await erasure.erase([await log.append(deletionOf(message))])
    await publication.onModuleDestroy()
    const texts = async () =>
      (await log.readAfter(conversationId, 0, 10)).flatMap((event) =>
        event.type === 'MessageEdited' ? event.data.state.text : [],
      )
    expect(await texts()).toEqual(['A secret', 'Not a secret'])
    for (const _ of ['once', 'twice']) {
      await nameLateEdits(mongo.connection, named)
      expect(await texts()).toEqual(['', 'Not a secret'])
      expect(await events.countDocuments({ about: other.id })).toBe(1)
    }
  })
})
