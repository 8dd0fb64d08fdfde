import { Socket } from 'node:net'
import { modelOptions, prop } from '@typegoose/typegoose'
import { outageOf } from '../failures'
import { collectionOf, modelOn } from './mongo.module'
import { testMongo, type TestMongo } from './testing/test-mongo'

@modelOptions({ schemaOptions: { collection: 'ended_things', versionKey: false } })
class ThingDocument {
  @prop({ required: true, type: () => String }) _id!: string
}

/** The connection ends in the turn in which the next command about `what` is written to it, as when the server is killed. */
function endAtNextWrite(what: string): void {
  const write = Reflect.get(Socket.prototype, 'write') as (...all: unknown[]) => boolean
  const spy = jest.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args: unknown[]) {
    if (Buffer.isBuffer(args[0]) && args[0].includes(what)) {
      spy.mockRestore()
      this.destroy()
    }
    return write.apply(this, args)
  })
}

/** The driver is patched for it: docs/decisions/0039-mongodb-driver.md. */
describe('a connection that ends as a command is written', () => {
  let mongo: TestMongo
  const things = () => collectionOf(modelOn(mongo.connection, ThingDocument))

  beforeAll(async () => {
    mongo = await testMongo('ended', [ThingDocument])
  })
  afterAll(() => mongo.drop())

  it('fails an insert at once, as one that may have been done; the next goes on a new connection', async () => {
    endAtNextWrite('ended_things')
    const failure = await things()
      .insertOne({ _id: 'one' })
      .then(
        () => null,
        (error: unknown) => error,
      )
    expect(outageOf(failure)).toBe('open')
    await things().insertOne({ _id: 'two' })
  })

  it('repeats a read, as the driver does', async () => {
    endAtNextWrite('ended_things')
    expect(await things().find({ _id: 'two' }).toArray()).toHaveLength(1)
  })
})
