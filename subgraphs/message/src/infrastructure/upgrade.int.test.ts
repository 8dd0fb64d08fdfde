import { newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message, messagesAfter } from '../domain/message'
import { deletionOf, editOf, entry, reactionOf, replyTo } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { unreadLines } from '../domain/read-state'
import { rebuildProjections } from './rebuild'
import { countEdits, nameLateEdits, noteSeenLines, upgradeToLines } from './upgrade'

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

describe('an installation of before there were receipts', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>

  beforeAll(async () => {
    mongo = await testMongo()
  })
  afterAll(() => mongo.drop())

  it('shows what was read until then, and takes it back for nobody who marks it as unread', async () => {
    const [id, me] = [newConversation(), newUser()]
    const { inbox, inboxRows, publication } = logParts(mongo.connection)
    await inbox.markRead(me, id, 40, 0)
    await inboxRows.collection.updateMany({}, { $unset: { seenLine: '' } })
    for (const _ of ['once', 'twice']) await noteSeenLines(mongo.connection)
    await inbox.markUnread(me, id, { revision: 0, line: 31, lines: 40, ownLines: [] })
    await noteSeenLines(mongo.connection)
    expect((await inbox.receipts(id, [me])).get(me)).toEqual({ readLine: 40, sinceLine: 0 })
    await publication.onModuleDestroy()
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

describe('an installation of before edits were counted', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>

  beforeAll(async () => {
    mongo = await testMongo()
  })
  afterAll(() => mongo.drop())

  it('has every version of its messages afterwards, in the log and in the projection, and counts on from there', async () => {
    const { connection } = mongo
    const conversationId = newConversation()
    const parts = logParts(connection)
    const { log, events, publication } = parts
    const read = () => log.readAfter(conversationId, 0, 50)
    const sent = await log.append(entry({ conversationId }))
    const other = await log.append(entry({ conversationId }))
    const now = async ({ seq }: { seq: number }) =>
      [...messagesAfter(await read()).values()].find((message) => message.seq === seq) as Message
    const changes = [
      (message: Message) => editOf(message, 'Second'),
      (message: Message) => reactionOf(message, newUser()),
      (message: Message) => replyTo(message),
      (message: Message) => editOf(message, 'Third'),
      (message: Message) => replyTo(message),
    ]
    for (const change of changes) await log.append(change(await now(sent)))
    await log.append(editOf(await now(other), 'Once'))
    await publication.onModuleDestroy()
    const asWritten = await read()
    const unset = { editPlace: '', 'data.state.editCount': '', 'data.root.editCount': '' }
    await events.collection.updateMany({}, { $unset: unset })
    await parts.messages.collection.updateMany({}, { $unset: { editCount: '' } })
    expect(await now(sent)).toMatchObject({ editCount: 0 })

    await rebuildProjections(connection)
    for (const _ of ['once', 'twice']) {
      await countEdits(connection)
      expect(await read()).toEqual(asWritten)
      const { id } = await now(sent)
      expect((await log.edits(id, 1, 10)).map(({ seq }) => seq)).toEqual([3, 6])
      const [stored] = await parts.projectedMessages.byId([id])
      expect(stored).toEqual(await now(sent))
      expect(stored).toMatchObject({ text: 'Third', editCount: 2 })
    }
    await log.append(editOf(await now(sent), 'Fourth'))
    expect(await now(sent)).toMatchObject({ editCount: 3 })
  })
})
