import { randomUUID } from 'node:crypto'
import { engineAddress } from '../../testing/engine-address'
import { type Connection, migrateMongo } from '../mongo.module'
import { mongoOptions, workInBulk } from '../open-mongo'
import mongoose from 'mongoose'

export interface TestMongo {
  readonly url: string
  readonly database: string
  readonly connection: Connection
  drop(): Promise<void>
}

/** A database for one test on the real server, migrated; `drop` deletes it. */
export async function testMongo(name: string, documents: readonly (new () => object)[]): Promise<TestMongo> {
  const url = engineAddress('PARLEY_MONGO_URL')
  const database = `test_${name}_${randomUUID().slice(0, 8)}`
  await migrateMongo(url, database, documents)
  const connection = await mongoose.createConnection(url, { ...mongoOptions, dbName: database }).asPromise()
  const drop = async () => {
    await connection.close()
    await workInBulk({ MONGO_URL: url, MONGO_DATABASE: database }, (bulk) => bulk.dropDatabase())
  }
  return { url, database, connection, drop }
}
