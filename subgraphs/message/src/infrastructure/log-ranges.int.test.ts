import { newConversation } from '@parley/platform/testing/ids'
import { entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo, type TestMongo } from '../testing/test-mongo'
import { LogRanges } from './log-ranges'
import { foldedAtOnce } from './projections'
import { rebuildProjections } from './rebuild'

describe('a log with a gap that is longer than a range', () => {
  let mongo: TestMongo

  beforeAll(async () => {
    mongo = await testMongo()
  })
  afterAll(() => mongo.drop())

  it('is folded to its end, also without a head that says where that is', async () => {
    const conversationId = newConversation()
    const parts = logParts(mongo.connection)
    for (const _ of [1, 2]) await parts.log.append(entry({ conversationId }))
    await parts.publication.onModuleDestroy()
    const end = 3 * foldedAtOnce
    await parts.events.collection.updateOne({ conversationId, seq: 2 }, { $set: { seq: end } })
    await parts.heads.deleteMany({})
    await parts.messages.deleteMany({})
    expect(await rebuildProjections(mongo.connection)).toBe(2)
    const rows = await parts.messages.find({ conversationId }).lean()
    expect(rows.map(({ seq }) => seq).toSorted((one, other) => one - other)).toEqual([1, end])
    const heads = await parts.conversationHeads.load([conversationId])
    expect(heads.get(conversationId)).toMatchObject({ seq: end, foldedSeq: end })
  })
})

describe('the conversations of an installation', () => {
  const pageSize = 3
  let mongo: TestMongo

  beforeAll(async () => {
    mongo = await testMongo()
  })
  afterAll(() => mongo.drop())

  async function listed(): Promise<readonly string[]> {
    const ids: string[] = []
    for await (const id of new LogRanges(mongo.connection, pageSize).conversations()) ids.push(id)
    return ids
  }

  /** The counts end within a page, at its end and behind it; some are only in the log, and some only have a head. */
  it.each([
    { logs: 0, both: 0, heads: 0 },
    { logs: 1, both: 1, heads: 0 },
    { logs: 3, both: 0, heads: 3 },
    { logs: 2, both: 4, heads: 0 },
    { logs: 5, both: 6, heads: 7 },
    { logs: 0, both: 12, heads: 1 },
  ])('are each listed once and in order, over pages of 3: %j', async ({ logs, both, heads }) => {
    const parts = logParts(mongo.connection)
    await parts.events.deleteMany({})
    await parts.heads.deleteMany({})
    const ids = Array.from({ length: logs + both + heads }, newConversation)
    for (const conversationId of ids.slice(0, logs + both))
      for (const _ of [1, 2]) await parts.log.append(entry({ conversationId }))
    await parts.publication.onModuleDestroy()
    await parts.heads.deleteMany({ _id: { $in: ids.slice(0, logs) } })
    const changedAt = new Date()
    const rows = ids.slice(logs + both).map((_id) => ({ _id, headSeq: 0, lines: 0, changedAt }))
    if (rows.length > 0) await parts.heads.collection.insertMany(rows as never)
    expect(await listed()).toEqual(ids.toSorted())
  })
})
