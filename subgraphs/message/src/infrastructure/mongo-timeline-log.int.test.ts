import { entry, newConversation, newUser } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { timelineLogContract } from '../testing/timeline-log.contract'
import { rebuildProjections } from './rebuild'

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

  it('gives the lease of the relay to one process at a time', async () => {
    const [first, second] = processes
    expect(await first?.lease.hold()).toBe(true)
    expect(await first?.lease.hold()).toBe(true)
    expect(await second?.lease.hold()).toBe(false)
    await first?.lease.release()
    expect(await second?.lease.hold()).toBe(true)
    await second?.lease.release()
  })
})
