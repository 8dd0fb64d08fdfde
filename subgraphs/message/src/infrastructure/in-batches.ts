import type { mongo } from 'mongoose'

/**
 * All that a query finds, in batches of bounded size. The engine is asked for the next one when its reader is done with the
 * last, and never for more: what the driver reads ahead by itself is up to 16 MB.
 */
export async function* inBatches<Row>(
  found: mongo.FindCursor<Row>,
  size: number,
): AsyncGenerator<readonly Row[], void> {
  let rows: Row[] = []
  for await (const row of found.batchSize(size)) {
    rows.push(row)
    if (rows.length < size) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}
