import type { Connection } from 'mongoose'

const collection = 'upgrades'

/** A change of what is stored, done once in an installation. One that was cut off is done again from its beginning. */
export async function runOnce(connection: Connection, name: string, change: () => Promise<void>): Promise<void> {
  const done = connection.collection<{ _id: string; at: Date }>(collection)
  if ((await done.findOne({ _id: name })) !== null) return
  await change()
  await done.insertOne({ _id: name, at: new Date() })
}
