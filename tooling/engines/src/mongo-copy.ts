/** Copies all data of one server of MongoDB's protocol to another, through the protocol alone. */
import { MongoClient } from 'mongodb'
import type { Collection, Db, Document } from 'mongodb'

const batchSize = 1_000
const reportEvery = 50_000
/** The database for heartbeat writes, which is not copied. */
export const heartbeatDatabase = 'parley_engine'
const notOurs = ['admin', 'config', 'local', heartbeatDatabase]

/**
 * Copies every database into an empty server, indexes first: a duplicate that the old server accepted is refused, and
 * ends the copy.
 */
export async function copyAll(from: string, to: string, report: (line: string) => void): Promise<number> {
  const source = new MongoClient(from, { retryWrites: false })
  const target = new MongoClient(to, { retryWrites: false })
  let done = 0
  const count = (documents: number) => {
    if (Math.floor((done + documents) / reportEvery) > Math.floor(done / reportEvery))
      report(`${done + documents} documents`)
    done += documents
  }
  try {
    const { databases } = await source.db().admin().listDatabases({ nameOnly: true })
    for (const { name } of databases.filter((database) => !notOurs.includes(database.name))) {
      await copyDatabase(source.db(name), target.db(name), count)
    }
    return done
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

async function copyDatabase(source: Db, target: Db, count: (documents: number) => void): Promise<void> {
  for (const { name } of await source.listCollections({}, { nameOnly: true }).toArray()) {
    const [before, after] = [source.collection(name), target.collection(name)]
    await createSameIndexes(before, await target.createCollection(name))
    let batch: Document[] = []
    const write = async () => {
      if (batch.length > 0) await after.insertMany(batch, { writeConcern: { w: 1, journal: true } })
      count(batch.length)
      batch = []
    }
    for await (const document of before.find({}, { batchSize })) {
      batch.push(document)
      if (batch.length === batchSize) await write()
    }
    await write()
    const [had, has] = await Promise.all([before.countDocuments({}), after.countDocuments({})])
    if (had !== has) throw new Error(`${source.databaseName}.${name} had ${had} documents, and ${has} arrived`)
  }
}

async function createSameIndexes(source: Collection, target: Collection): Promise<void> {
  for (const { key, v, ns, ...options } of await source.indexes()) {
    if (options.name !== '_id_') await target.createIndex(key, options)
  }
}
