import { newConversation } from '@parley/platform/testing/ids'
import { entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo, type TestMongo } from '../testing/test-mongo'
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
