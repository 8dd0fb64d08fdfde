import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { mongoOptions } from '@parley/platform/mongo/open-mongo'
import mongoose from 'mongoose'
import { rebuildProjections } from './infrastructure/rebuild'

/**
 * `node dist/rebuild-projections.js`: folds the whole log again. Writes can continue meanwhile; lists catch up as it
 * proceeds.
 */
async function run(): Promise<void> {
  const env = parseEnv(mongoEnv)
  const options = { ...mongoOptions, dbName: env.MONGO_DATABASE }
  const connection = await mongoose.createConnection(env.MONGO_URL, options).asPromise()
  try {
    process.stdout.write(`${await rebuildProjections(connection)} events folded\n`)
  } finally {
    await connection.close()
  }
}

void run()
