import type { Connection } from 'mongoose'

const collection = 'upgrades'

/**
 * A migration of stored data, done once per installation; resolves with the time when it was. An interrupted one is done
 * again from its start.
 */
export async function runOnce(connection: Connection, name: string, change: () => Promise<void>): Promise<Date> {
  const done = connection.collection<{ _id: string; at: Date }>(collection)
  const before = await done.findOne({ _id: name })
  if (before !== null) return before.at
  await change()
  const at = new Date()
  await done.insertOne({ _id: name, at })
  return at
}
