import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { bulkMongoOptions } from '@parley/platform/mongo/open-mongo'
import { jsonLines } from '@parley/platform/service/json-lines'
import mongoose from 'mongoose'
import { importTimelines } from './infrastructure/import-timelines'

/** `node dist/import-demo.js CONVERSATIONS`: the timelines of a plan. Done twice it is done once. */
async function run([file = '']: readonly string[]): Promise<void> {
  const env = parseEnv(mongoEnv)
  const options = { ...bulkMongoOptions, dbName: env.MONGO_DATABASE }
  const connection = await mongoose.createConnection(env.MONGO_URL, options).asPromise()
  try {
    await importTimelines(connection, jsonLines<PlannedConversation>(file))
  } finally {
    await connection.close()
  }
}

void run(process.argv.slice(2))
