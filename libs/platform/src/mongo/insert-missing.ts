import { collectionOf, isDuplicateKey, type Model } from './mongo.module'
import type { mongo } from 'mongoose'

interface WriteError {
  readonly code: number
}

/** Inserts what is not there yet and leaves the rest as it is. */
export async function insertMissing<Document extends new () => { _id: string }>(
  model: Model<Document>,
  rows: readonly InstanceType<Document>[],
): Promise<void> {
  if (rows.length === 0) return
  try {
    await collectionOf(model).insertMany(
      [...rows] as unknown as mongo.OptionalUnlessRequiredId<InstanceType<Document>>[],
      { ordered: false },
    )
  } catch (error) {
    // A bulk write carries the code of its first failure: any other behind it counts as well.
    if (!isDuplicateKey(error) || writeErrors(error).some(({ code }) => code !== error.code)) throw error
  }
}

function writeErrors(error: object): readonly WriteError[] {
  const found = 'writeErrors' in error ? error.writeErrors : []
  return Array.isArray(found) ? (found as WriteError[]) : [found as WriteError]
}
