import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { migrateMongo } from '@parley/platform/mongo/mongo.module'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { documents } from './infrastructure/mongo-notifications'

/** Collections before November 2026; the notifications of that time expire by themselves. */
const former = ['memberships', 'read_marks', 'recent_messages']

async function migrate(): Promise<void> {
  const env = parseEnv(mongoEnv)
  await migrateMongo(env.MONGO_URL, env.MONGO_DATABASE, documents)
  await workInBulk(env, async ({ db }) => {
    // Those of before have no place: whatever takes them back is later.
    const unplaced = { messageId: { $exists: true }, seq: { $exists: false } }
    await db?.collection('notifications').updateMany(unplaced, { $set: { seq: 0 } })
    const collections = (await db?.listCollections({}, { nameOnly: true }).toArray()) ?? []
    for (const { name } of collections) if (former.includes(name)) await db?.dropCollection(name)
  })
}

void migrate()
