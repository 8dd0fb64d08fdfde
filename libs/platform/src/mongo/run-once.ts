import type { Connection } from 'mongoose'

const collection = 'upgrades'

/** A migration of stored data, done once per installation. An interrupted one is done again from its start. */
export async function runOnce(connection: Connection, name: string, change: () => Promise<void>): Promise<void> {
  const done = connection.collection<{ _id: string; at: Date }>(collection)
  if ((await done.findOne({ _id: name })) !== null) return
  await change()
  await done.insertOne({ _id: name, at: new Date() })
}
