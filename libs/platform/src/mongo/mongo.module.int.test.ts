import { index, modelOptions, prop } from '@typegoose/typegoose'
import { migrateMongo } from './mongo.module'
import { testMongo, type TestMongo } from './testing/test-mongo'

@modelOptions({ schemaOptions: { collection: 'things', versionKey: false } })
@index({ owner: 1, place: 1 })
class ThingDocument {
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) owner!: string
  @prop({ required: true, type: () => Number }) place!: number
}

describe('the migration of indexes', () => {
  let mongo: TestMongo

  beforeAll(async () => {
    mongo = await testMongo('indexes', [ThingDocument])
  })
  afterAll(() => mongo.drop())

  it('drops a former index where there is one, and no other', async () => {
    const things = mongo.connection.collection('things')
    const names = async () => (await things.indexes()).map(({ name }) => name).toSorted()
    const current = ['_id_', 'owner_1_place_1']
    expect(await names()).toEqual(current)
    await things.createIndex({ place: 1, owner: 1 })
    await things.createIndex({ other: 1 })
    for (const _ of ['an upgrade', 'a second time']) {
      await migrateMongo(mongo.url, mongo.database, [ThingDocument], { things: ['place_1_owner_1'] })
      expect(await names()).toEqual([...current, 'other_1'].toSorted())
    }
  })
})
