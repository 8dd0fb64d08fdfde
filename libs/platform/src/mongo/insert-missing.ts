import type { mongo } from 'mongoose'
import { collectionOf, duplicatesOf, type Model } from './mongo.module'

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
    if (duplicatesOf(error) === null) throw error
  }
}
