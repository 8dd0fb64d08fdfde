import { index, modelOptions, prop } from '@typegoose/typegoose'
import type { mongo } from 'mongoose'
import { observeCommands } from './query-plans'
import { testMongo, type TestMongo } from './test-mongo'

@modelOptions({ schemaOptions: { collection: 'people', versionKey: false } })
@index({ name: 1, town: 1 })
class PersonDocument {
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) name!: string
  @prop({ required: true, type: () => String }) town!: string
}

describe('observed plans', () => {
  let database: TestMongo
  const faultsOf = async (find: (people: mongo.Collection) => mongo.FindCursor) => {
    const { plans } = await observeCommands(database.url, database.database, async (connection) => {
      await find(connection.db?.collection('people') as mongo.Collection).toArray()
    })
    return plans.flatMap(({ faults }) => faults)
  }

  beforeAll(async () => {
    database = await testMongo('plans', [PersonDocument])
  })
  afterAll(() => database.drop())

  it('accept a search by an index', async () => {
    expect(await faultsOf((people) => people.find({ name: 'Ann' }))).toEqual([])
  })
  it('find a scan', async () => {
    expect(await faultsOf((people) => people.find({ town: 'Bern' }))).toContain('COLLSCAN')
  })
  it('find an index that is named', async () => {
    expect(await faultsOf((people) => people.find({ name: 'Ann' }).hint({ name: 1, town: 1 }))).toEqual(['HINT'])
  })
})
