import { membershipDocuments } from '@parley/memberships/membership-documents'
import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { migrateMongo } from '@parley/platform/mongo/mongo.module'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { runOnce } from '@parley/platform/mongo/run-once'
import { documents, formerIndexes } from './infrastructure/documents'
import { rebuildProjections } from './infrastructure/rebuild'
import { countEdits, nameChangedMessages, nameLateEdits, noteSeenLines, upgradeToLines } from './infrastructure/upgrade'

async function migrate(): Promise<void> {
  const env = parseEnv(mongoEnv)
  await migrateMongo(env.MONGO_URL, env.MONGO_DATABASE, [...documents, ...membershipDocuments], formerIndexes)
  await workInBulk(env, async (connection) => {
    await runOnce(connection, '2026-11-lines', () => upgradeToLines(connection))
    // Heads without a checkpoint would have their readers fold the log from its beginning, again and again.
    const named = await runOnce(connection, '2026-11-about', () => nameChangedMessages(connection))
    await runOnce(connection, '2026-11-checkpoints', () => rebuildProjections(connection).then(() => undefined))
    await runOnce(connection, '2026-11-seen-lines', () => noteSeenLines(connection))
    await nameLateEdits(connection, named)
    await runOnce(connection, '2026-11-edit-counts', () => countEdits(connection))
  })
}

void migrate()
