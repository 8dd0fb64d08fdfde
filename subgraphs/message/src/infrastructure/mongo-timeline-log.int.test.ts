import type { UserId } from '@parley/kernel/ids'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { maxOwnLines, unread, unreadLines } from '../domain/read-state'
import { evolve } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { deletionOf, editOf, entry, eventAt } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { timelineLogContract } from '../testing/timeline-log.contract'
import { rebuildProjections } from './rebuild'

const idOf = (event: TimelineEvent | undefined) => (event?.type === 'MessageSent' ? event.data.messageId : undefined)

describe('the timeline in MongoDB', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>
  let processes: ReturnType<typeof logParts>[]
  const one = () => {
    const [parts] = processes
    if (parts === undefined) throw new Error('No process')
    return parts
  }

  beforeAll(async () => {
    mongo = await testMongo()
    processes = [logParts(mongo.connection), logParts(mongo.connection), logParts(mongo.connection)]
  })
  afterEach(() => Promise.all(processes.map(({ publication }) => publication.onModuleDestroy())))
  afterAll(() => mongo.drop())

  describe('MongoTimelineLog, three writers', () => {
    timelineLogContract(
      () => processes.map(({ log }) => log),
      () => one().erasure,
    )
  })

  it('finds the head of a long log that it has never seen', async () => {
    const conversationId = newConversation()
    await Promise.all(Array.from({ length: 333 }, () => one().log.append(entry({ conversationId }))))
    await one().publication.onModuleDestroy()
    await one().heads.deleteOne({ _id: conversationId })
    expect(await logParts(mongo.connection).log.head(conversationId)).toEqual({ seq: 333, lines: 333 })
  })

  it('I9: rebuilds its projections to what they were', async () => {
    await one().heads.deleteMany({})
    await one().messages.deleteMany({})
    await one().events.deleteMany({})
    const conversationIds = [newConversation(), newConversation()]
    for (const conversationId of conversationIds) {
      for (let count = 0; count < 20; count += 1) {
        const message = evolve(null, await one().log.append(entry({ conversationId, text: `${count}` })))
        if (message !== null && count % 3 === 0) await one().log.append(editOf(message, `${count} edited`))
        if (message !== null && count % 6 === 0)
          await one().erasure.erase([await one().log.append(deletionOf(message))])
      }
    }
    await one().publication.onModuleDestroy()
    const state = async () => ({
      messages: await one().messages.find().sort({ _id: 1 }).lean(),
      heads: await one().heads.find({}, { changedAt: 0, foldedSeq: 0 }).sort({ _id: 1 }).lean(),
    })
    const live = await state()
    await one().messages.updateMany({}, { $set: { text: 'spoiled' } })
    await one().heads.deleteMany({})
    await rebuildProjections(mongo.connection)
    expect(await state()).toEqual(live)
    expect(
      live.messages.filter(({ conversationId }) => conversationIds.includes(conversationId as never)),
    ).toHaveLength(40)
    const heads = await one().conversationHeads.load(conversationIds)
    expect([...heads.values()].map(({ foldedSeq }) => foldedSeq)).toEqual([31, 31])
    expect(live.messages.filter(({ text, version, seq }) => text.endsWith('edited') && version > seq)).toHaveLength(6)
    expect(live.messages.filter(({ text, deletedBy }) => text === '' && deletedBy !== null)).toHaveLength(8)
  })

  it('moves the checkpoint of messages over the following events, and never over a gap', async () => {
    const conversationId = newConversation()
    const events = [1, 2, 3, 4, 5].map((seq) => eventAt(seq, { conversationId }))
    const checkpoint = async () => (await one().conversationHeads.load([conversationId])).get(conversationId)?.foldedSeq
    const { projections } = one()
    await projections.apply(events.slice(2))
    expect(await checkpoint()).toBe(0)
    await projections.apply(events.slice(0, 2))
    expect(await checkpoint()).toBe(2)
    await projections.apply(events.slice(3))
    expect(await checkpoint()).toBe(2)
    await projections.apply(events.slice(2, 4))
    expect(await checkpoint()).toBe(4)
    await projections.apply(events.slice(1))
    expect(await checkpoint()).toBe(5)
  })

  it('only moves the checkpoint over what this process has applied', async () => {
    const conversationId = newConversation()
    const events = [1, 2, 3].map((seq) => eventAt(seq, { conversationId }))
    const { projections, messages, conversationHeads } = one()
    await projections.settle(events.slice(0, 1))
    await projections.apply(events.slice(1))
    await messages.deleteMany({ conversationId, seq: { $gt: 1 } })
    await projections.settle(events.slice(1))
    expect(await messages.countDocuments({ conversationId })).toBe(1)
    expect((await conversationHeads.load([conversationId])).get(conversationId)?.foldedSeq).toBe(3)
  })

  it('I6: stores the own lines of a writer that died before the head that a reader moves over them', async () => {
    const [conversationId, me] = [newConversation(), newUser()]
    const { projectedMessages, inbox, conversationHeads } = one()
    await projectedMessages.fold([1, 2, 3].map((seq) => eventAt(seq, { conversationId, actorId: me })))
    const head = (await conversationHeads.load([conversationId])).get(conversationId)
    const state = (await inbox.readStates(me, [conversationId])).get(conversationId) ?? unread
    expect(head).toMatchObject({ lines: 3, foldedSeq: 3 })
    expect(unreadLines(state, 3)).toBe(0)
  })

  it('does not write a head again that says all, and counts own lines that the writer left', async () => {
    const conversationId = newConversation()
    const [writer, relaying] = [one(), logParts(mongo.connection)]
    const events = [1, 2, 3].map((seq) => eventAt(seq, { conversationId }))
    await writer.projections.settle(events.slice(0, 1))
    await writer.projections.apply(events.slice(1))
    await writer.inboxRows.deleteMany({ conversationId })
    const head = () => writer.heads.findById(conversationId).lean()
    const before = await head()
    await relaying.projections.settle(events)
    expect(await head()).toEqual(before)
    expect(before).toMatchObject({ headSeq: 3, foldedSeq: 3 })
    expect(await writer.inboxRows.countDocuments({ conversationId })).toBe(3)
  })

  it('I6: shows to readers of the writing process what is not in the projections yet', async () => {
    const [conversationId, me] = [newConversation(), newUser()]
    const { log, inbox, conversationHeads } = one()
    const sent = await log.append(entry({ conversationId, actorId: me }))
    for (let count = 2; count <= 12; count += 1) {
      const other = await log.append(entry({ conversationId, actorId: count % 2 === 0 ? me : newUser() }))
      const head = (await conversationHeads.load([conversationId])).get(conversationId)
      expect(head).toMatchObject({ seq: count, lines: count, lastMessageId: idOf(other) })
      const state = (await inbox.readStates(me, [conversationId])).get(conversationId)
      expect(unreadLines(state ?? unread, count)).toBe(Math.ceil(count / 2) - 1)
    }
    expect(sent.seq).toBe(1)
    expect(await logParts(mongo.connection).log.head(conversationId)).toEqual({ seq: 12, lines: 12 })
  })

  it('reads lines also without the index that their query names', async () => {
    const conversationId = newConversation()
    const { projections, messages, projectedMessages } = one()
    await projections.apply([1, 2, 3].map((seq) => eventAt(seq, { conversationId })))
    await messages.collection.dropIndex('conversationId_1_line_1')
    expect(await projectedMessages.inLines(conversationId, 2, 3)).toHaveLength(2)
    await messages.createIndexes()
    expect(await projectedMessages.inLines(conversationId, 2, 3)).toHaveLength(2)
  })

  it('I6: counts lines of others after the read line, which only moves forward, for every member', async () => {
    const conversationId = newConversation()
    const [me, other] = [newUser(), newUser()]
    const actors = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? me : other))
    for (const actorId of actors) await one().log.append(entry({ conversationId, actorId }))
    await one().publication.onModuleDestroy()
    const { inbox } = one()
    const recount = (userId: string, after: number) =>
      actors.slice(after).filter((actorId) => actorId !== userId).length
    const unreadOf = async (userId: UserId) => {
      const state = (await inbox.readStates(userId, [conversationId])).get(conversationId)
      return state === undefined ? actors.length : unreadLines(state, actors.length)
    }
    expect(await unreadOf(me)).toBe(recount(me, 0))
    expect(await unreadOf(newUser())).toBe(40)
    for (const [told, known] of [
      [5, 5],
      [20, 20],
      [7, 20],
      [40, 40],
    ] as const) {
      await Promise.all([me, other].map((userId) => inbox.markRead(userId, conversationId, told)))
      for (const userId of [me, other]) expect(await unreadOf(userId)).toBe(recount(userId, known))
    }
  })

  it('I6: keeps the higher of two first read positions that race', async () => {
    const [conversationId, me] = [newConversation(), newUser()]
    const lines = Array.from({ length: 20 }, (_, index) => index + 1)
    await Promise.all(
      lines.map((line, index) => (processes[index % 3] ?? one()).inbox.markRead(me, conversationId, line)),
    )
    expect((await one().inbox.readStates(me, [conversationId])).get(conversationId)?.readLine).toBe(20)
  })

  it('keeps the inbox rows of users who write and never read small', async () => {
    const [conversationId, bot] = [newConversation(), newUser()]
    const lines = Array.from({ length: 2 * maxOwnLines }, (_, index) => 2 * index + 2)
    const events = lines.map((line) => eventAt(line, { conversationId, actorId: bot }))
    // In rounds, as processes do: the default engine takes the square of it for one set.
    for (let from = 0; from < events.length; from += 200) await one().projections.apply(events.slice(from, from + 200))
    const stored = async () => (await one().inboxRows.findById(`${bot}:${conversationId}`).lean())?.ownLines.length
    // Nobody reads it, and it is cut all the same.
    expect(await stored()).toBeLessThanOrEqual(maxOwnLines)
    const state = (await one().inbox.readStates(bot, [conversationId])).get(conversationId)
    expect(unreadLines(state ?? unread, 4 * maxOwnLines)).toBeLessThanOrEqual(4 * maxOwnLines - lines.length)
  })

  it('finds where a user has read or written since a time', async () => {
    const [quiet, busy, me] = [newConversation(), newConversation(), newUser()]
    await one().inbox.markRead(me, quiet, 1)
    const since = new Date(Date.now() + 5)
    await new Promise((resolve) => setTimeout(resolve, 10))
    await one().inbox.markRead(me, busy, 1)
    expect(await one().inbox.changedSince(me, since)).toEqual([busy])
  })

  it('has the last message of a conversation, for any order of folded events', async () => {
    const conversationId = newConversation()
    const sent = []
    for (const text of ['first', 'second', 'third']) sent.push(await one().log.append(entry({ conversationId, text })))
    await one().publication.onModuleDestroy()
    await one().heads.deleteOne({ _id: conversationId })
    for (const event of [sent[2], sent[0], sent[1]]) await one().projections.apply(event === undefined ? [] : [event])
    const head = (await one().conversationHeads.load([conversationId])).get(conversationId)
    expect(head).toMatchObject({ seq: 3, lines: 3, lastMessageId: idOf(sent[2]) })
  })

  it('gives the lease of the relay to one process at a time', async () => {
    const [first, second] = processes
    expect(await first?.lease.hold()).toBe(true)
    expect(await first?.lease.hold()).toBe(true)
    expect(await second?.lease.hold()).toBe(false)
    await first?.lease.release()
    expect(await second?.lease.hold()).toBe(true)
    await second?.lease.release()
  })

  it('writes the lease when it is taken and not again while it is young', async () => {
    const until = async () => (await one().leases.findById('timeline-relay').lean())?.until
    expect(await one().lease.hold()).toBe(true)
    const taken = await until()
    expect(taken).toBeInstanceOf(Date)
    for (let again = 0; again < 5; again += 1) expect(await one().lease.hold()).toBe(true)
    expect(await until()).toEqual(taken)
    await one().lease.release()
  })

  it('takes no lease when there is nothing to relay', async () => {
    await one().events.deleteMany({})
    expect(await one().relay.relayEvents()).toBe(0)
    expect(await one().leases.findById('timeline-relay').lean()).toBeNull()
  })
})
