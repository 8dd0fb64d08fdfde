import type { PlannedConversation, PlannedPerson } from '@parley/contracts/demo-plan'
import { parseEnv } from '@parley/platform/env/parse-env'
import { postgresEnv } from '@parley/platform/env/service-env'
import { allJsonLines, jsonLines } from '@parley/platform/service/json-lines'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { importMemberships } from './infrastructure/import-memberships'
import { importPeople } from './infrastructure/import-people'

/**
 * `node dist/import-demo.js PEOPLE PASSWORD CONVERSATIONS`: imports the accounts of a plan, all with one password, and
 * who is in which conversation. Idempotent.
 */
async function run([file = '', password = '', conversations = '']: readonly string[]): Promise<void> {
  const { POSTGRES_URL } = parseEnv(postgresEnv)
  const client = postgres(POSTGRES_URL, { max: 1 })
  try {
    const people = await allJsonLines<PlannedPerson>(file)
    const db = drizzle(client)
    await importPeople(db, people, password)
    await importMemberships(db, jsonLines<PlannedConversation>(conversations))
  } finally {
    await client.end()
  }
}

void run(process.argv.slice(2))
