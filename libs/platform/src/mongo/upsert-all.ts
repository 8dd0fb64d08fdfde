import mongoose, { type mongo } from 'mongoose'
import { collectionOf, duplicatesOf, type Model } from './mongo.module'

export interface Upsert<Document extends { _id: string }> {
  readonly filter: mongo.Filter<Document>
  readonly update: mongo.UpdateFilter<Document>
}

/** From this many on, one commit for all of them costs less than theirs, although it takes two more round trips. */
const worthOneCommit = 8

/**
 * Updates that insert missing documents; each must be idempotent and independent of the others. Many go into one
 * transaction, not for its atomicity but for its one commit: the default engine syncs each update of a bulk write by
 * itself, at three times the cost. Where that fails (another writer was first, or a server without replication has no
 * transactions) they are done one by one.
 *
 * Two concurrent inserts conflict on the unique id: the later one is retried and updates what the other has inserted. A
 * filter that excludes newer documents conflicts in the same way, and those documents stay.
 */
export async function upsertAll<Document extends new () => { _id: string }>(
  model: Model<Document>,
  upserts: readonly Upsert<InstanceType<Document>>[],
): Promise<void> {
  if (upserts.length >= worthOneCommit && (await areCommitted(model, upserts))) return
  try {
    await write(model, upserts, { upsert: true })
  } catch (error) {
    const met = duplicatesOf(error)
    if (met === null) throw error
    const others = upserts.filter((_, index) => met.has(index))
    await write(model, others, { upsert: false })
  }
}

/** False when the server refused the transaction, and then none of them is done. */
async function areCommitted<Document extends new () => { _id: string }>(
  model: Model<Document>,
  upserts: readonly Upsert<InstanceType<Document>>[],
): Promise<boolean> {
  const session = model.db.getClient().startSession()
  try {
    session.startTransaction()
    await write(model, upserts, { upsert: true, session })
    await session.commitTransaction()
    return true
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError)) throw error
    return false
  } finally {
    // It aborts what was not committed.
    await session.endSession()
  }
}

async function write<Document extends new () => { _id: string }>(
  model: Model<Document>,
  upserts: readonly Upsert<InstanceType<Document>>[],
  { upsert, ...options }: { readonly upsert: boolean; readonly session?: mongo.ClientSession },
): Promise<void> {
  const operations = upserts.map((one) => ({ updateOne: { ...one, upsert } }))
  await collectionOf(model).bulkWrite(operations, { ordered: false, ...options })
}
