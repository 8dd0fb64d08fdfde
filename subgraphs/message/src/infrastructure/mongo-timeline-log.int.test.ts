import type { TimelineEvent } from '../domain/timeline-event'
import { entry, newConversation, newUser } from '../testing/entries'
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
    timelineLogContract(() => processes.map(({ log }) => log))
  })

  it('finds the head of a long log that it has never seen', async () => {
    const conversationId = newConversation()
    await Promise.all(Array.from({ length: 333 }, () => one().log.append(entry({ conversationId }))))
    await one().publication.onModuleDestroy()
    await one().heads.deleteOne({ _id: conversationId })
    expect(await logParts(mongo.connection).log.head(conversationId)).toBe(333)
  })

  it('I9: rebuilds its projections to what they were', async () => {
    await one().heads.deleteMany({})
    await one().messages.deleteMany({})
    await one().events.deleteMany({})
    const conversationIds = [newConversation(), newConversation()]
    for (const conversationId of conversationIds) {
      for (let count = 0; count < 20; count += 1) await one().log.append(entry({ conversationId, text: `${count}` }))
    }
    await one().publication.onModuleDestroy()
    const state = async () => ({
      messages: await one().messages.find().sort({ _id: 1 }).lean(),
      heads: await one().heads.find().sort({ _id: 1 }).lean(),
    })
    const live = await state()
    await one().messages.updateMany({}, { $set: { text: 'spoiled' } })
    await one().heads.deleteMany({})
    await rebuildProjections(mongo.connection)
    expect(await state()).toEqual(live)
    expect(
      live.messages.filter(({ conversationId }) => conversationIds.includes(conversationId as never)),
    ).toHaveLength(40)
  })

  it('I6: counts as unread what others wrote after the read position, which only moves forward', async () => {
    const conversationId = newConversation()
    const [me, other] = [newUser(), newUser()]
    for (const actorId of [other, me, other, other]) await one().log.append(entry({ conversationId, actorId }))
    const { positions } = one()
    expect(await positions.countUnread(conversationId, me, 0, 4)).toBe(3)
    await positions.advance(conversationId, me, 3)
    await positions.advance(conversationId, me, 1)
    expect(await positions.load(me, [conversationId])).toEqual(new Map([[conversationId, 3]]))
    expect(await positions.countUnread(conversationId, me, 3, 4)).toBe(1)
  })

  it('names the last message of a conversation by its id, in whatever order the events are folded', async () => {
    const conversationId = newConversation()
    const sent = []
    for (const text of ['first', 'second', 'third']) sent.push(await one().log.append(entry({ conversationId, text })))
    await one().publication.onModuleDestroy()
    await one().heads.deleteOne({ _id: conversationId })
    for (const event of [sent[2], sent[0], sent[1]]) await one().projections.apply(event === undefined ? [] : [event])
    const head = (await one().conversationHeads.load([conversationId])).get(conversationId)
    expect(head).toEqual({ headSeq: 3, lastMessageId: idOf(sent[2]) })
  })

  it('completes a head that was written before heads knew the id of the last message', async () => {
    const conversationId = newConversation()
    const event = await one().log.append(entry({ conversationId }))
    await one().publication.onModuleDestroy()
    await one().heads.updateOne({ _id: conversationId }, { $set: { lastMessageSeq: 1 }, $unset: { lastMessage: '' } })
    const load = async () => (await one().conversationHeads.load([conversationId])).get(conversationId)
    expect(await load()).toEqual({ headSeq: 1, lastMessageId: idOf(event) })
    expect((await one().heads.findById(conversationId).lean())?.lastMessage).toEqual({ seq: 1, id: idOf(event) })
    expect(await load()).toEqual({ headSeq: 1, lastMessageId: idOf(event) })
  })

  it('I6: counts for every member, earlier and later positions alike, and reads each position once', async () => {
    const conversationId = newConversation()
    const [me, other] = [newUser(), newUser()]
    const actors = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? me : other))
    for (const actorId of actors) await one().log.append(entry({ conversationId, actorId }))
    const { authors, positions } = logParts(mongo.connection)
    const recount = (userId: string, after: number, head: number) =>
      actors.slice(after, head).filter((actorId) => actorId !== userId).length
    for (const [after, head] of [
      [20, 30],
      [10, 30],
      [25, 40],
      [0, 40],
      [39, 40],
      [2, 5],
    ] as const) {
      for (const userId of [me, other])
        expect(await positions.countUnread(conversationId, userId, after, head)).toBe(recount(userId, after, head))
    }
    await one().events.deleteMany({ conversationId })
    expect(await authors.between(conversationId, 1, 40)).toEqual(actors)
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
    await one().readPositions.deleteMany({})
    expect(await one().relay.relayReadPositions()).toBe(0)
    expect(await one().leases.findById('timeline-relay').lean()).toBeNull()
  })
})
