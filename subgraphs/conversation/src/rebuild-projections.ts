import { parseEnv } from '@parley/platform/env/parse-env'
import { postgresEnv } from '@parley/platform/env/service-env'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { rebuildProjections } from './infrastructure/rebuild'

/** `node dist/rebuild-projections.js`: folds all events again. The service can read meanwhile; its writes wait. */
async function run(): Promise<void> {
  const { POSTGRES_URL } = parseEnv(postgresEnv)
  const client = postgres(POSTGRES_URL, { max: 1 })
  try {
    process.stdout.write(`${await rebuildProjections(drizzle(client))} events folded\n`)
  } finally {
    await client.end()
  }
}

void run()
