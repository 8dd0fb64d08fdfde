import type { mongo } from 'mongoose'
import { collectionOf, duplicatesOf, type Model } from './mongo.module'

/** Inserts the documents that do not exist yet and leaves the others unchanged. */
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
    if (duplicatesOf(error) === null) throw error
  }
}
