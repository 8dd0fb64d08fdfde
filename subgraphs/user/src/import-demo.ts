import type { PlannedPerson } from '@parley/contracts/demo-plan'
import { parseEnv } from '@parley/platform/env/parse-env'
import { postgresEnv } from '@parley/platform/env/service-env'
import { allJsonLines } from '@parley/platform/service/json-lines'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { importPeople } from './infrastructure/import-people'

/** `node dist/import-demo.js PEOPLE PASSWORD`: imports the accounts of a plan, all with one password. Idempotent. */
async function run([file = '', password = '']: readonly string[]): Promise<void> {
  const { POSTGRES_URL } = parseEnv(postgresEnv)
  const client = postgres(POSTGRES_URL, { max: 1 })
  try {
    const people = await allJsonLines<PlannedPerson>(file)
    await importPeople(drizzle(client), people, password)
  } finally {
    await client.end()
  }
}

void run(process.argv.slice(2))
