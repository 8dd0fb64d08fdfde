import { modelOptions, prop } from '@typegoose/typegoose'
import { modelOn } from './mongo.module'
import { testMongo, type TestMongo } from './testing/test-mongo'
import { type Upsert, upsertAll } from './upsert-all'

@modelOptions({ schemaOptions: { collection: 'counters', versionKey: false } })
class CounterDocument {
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => Number }) top!: number
}

const ids = Array.from({ length: 20 }, (_, index) => `counter ${index}`)
const to = (top: number): readonly Upsert<CounterDocument>[] =>
  ids.map((_id) => ({ filter: { _id }, update: { $max: { top } } }))

describe('upserts', () => {
  let mongo: TestMongo
  const counters = () => modelOn(mongo.connection, CounterDocument)
  const tops = async () => (await counters().find()).map(({ top }) => top)

  beforeEach(async () => {
    mongo = await testMongo('upserts', [CounterDocument])
  })
  afterEach(() => mongo.drop())

  it.each([1, 7, 8, 20])('inserts and updates %d', async (count) => {
    await upsertAll(counters(), to(1).slice(0, count))
    await upsertAll(counters(), to(3).slice(0, count))
    await upsertAll(counters(), to(2).slice(0, count))
    expect(await tops()).toEqual(Array.from({ length: count }, () => 3))
  })

  it.each([
    [7, 0],
    [8, 1],
  ])('commits %d in %d transactions', async (count, transactions) => {
    const started = jest.spyOn(mongo.connection.getClient(), 'startSession')
    await upsertAll(counters(), to(1).slice(0, count))
    const own = started.mock.results.filter(({ value }) => (value as { explicit: boolean }).explicit)
    expect(own).toHaveLength(transactions)
  })

  it('does all but what is newer already, when that refuses the transaction', async () => {
    await upsertAll(counters(), to(5).slice(3, 4))
    const older = ids.map((_id) => ({ filter: { _id, top: { $lt: 2 } }, update: { $set: { top: 2 } } }))
    await upsertAll(counters(), older)
    expect((await tops()).toSorted()).toEqual([...Array.from({ length: ids.length - 1 }, () => 2), 5])
  })
})
