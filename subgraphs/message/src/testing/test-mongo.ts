import { randomUUID } from 'node:crypto'
import { type Connection, migrateMongo, mongoOptions } from '@parley/platform/mongo/mongo.module'
import mongoose from 'mongoose'
import { documents } from '../infrastructure/documents'

/** A database of its own on the real server, migrated; `drop` takes it away again. */
export async function testMongo(): Promise<{ connection: Connection; drop: () => Promise<void> }> {
  const url = process.env['PARLEY_MONGO_URL']
  if (url === undefined)
    throw new Error('PARLEY_MONGO_URL is not set: run this through npm test, or start the engines first')
  const dbName = `test_message_${randomUUID().slice(0, 8)}`
  await migrateMongo(url, dbName, documents)
  const connection = await mongoose.createConnection(url, { ...mongoOptions, dbName }).asPromise()
  return {
    connection,
    drop: async () => {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}
