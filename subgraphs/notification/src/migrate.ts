import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { type Connection, migrateMongo } from '@parley/platform/mongo/mongo.module'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { runOnce } from '@parley/platform/mongo/run-once'
import { documents } from './infrastructure/mongo-notifications'

/** Collections before November 2026; the notifications of that time expire by themselves. */
const former = ['memberships', 'read_marks', 'recent_messages']
/** (messageId, seq) has taken its place. */
const formerIndexes = { notifications: ['messageId_1_at_1'] } as const

async function migrate(): Promise<void> {
  const env = parseEnv(mongoEnv)
  await migrateMongo(env.MONGO_URL, env.MONGO_DATABASE, documents, formerIndexes)
  await workInBulk(env, async (connection) => {
    await runOnce(connection, '2026-11-places', () => placeFormer(connection))
    const collections = (await connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? []
    for (const { name } of collections) if (former.includes(name)) await connection.db?.dropCollection(name)
  })
}

/** Notifications of before have no place in their conversation: whatever takes them back is later. A scan. */
async function placeFormer(connection: Connection): Promise<void> {
  const unplaced = { messageId: { $exists: true }, seq: { $exists: false } }
  await connection.collection('notifications').updateMany(unplaced, { $set: { seq: 0 } })
}

void migrate()
