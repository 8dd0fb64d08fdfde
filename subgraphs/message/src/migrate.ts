import { membershipDocuments } from '@parley/memberships/membership-documents'
import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { migrateMongo } from '@parley/platform/mongo/mongo.module'
import { workInBulk } from '@parley/platform/mongo/open-mongo'
import { runOnce } from '@parley/platform/mongo/run-once'
import { documents } from './infrastructure/documents'
import { upgradeToLines } from './infrastructure/upgrade'

async function migrate(): Promise<void> {
  const env = parseEnv(mongoEnv)
  await migrateMongo(env.MONGO_URL, env.MONGO_DATABASE, [...documents, ...membershipDocuments])
  await workInBulk(env, (connection) => runOnce(connection, '2026-11-lines', () => upgradeToLines(connection)))
}

void migrate()
