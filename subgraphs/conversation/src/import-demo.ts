import type { PlannedConversation, PlannedPerson } from '@parley/contracts/demo-plan'
import { userId } from '@parley/kernel/ids'
import { parseEnv } from '@parley/platform/env/parse-env'
import { postgresEnv } from '@parley/platform/env/service-env'
import { allJsonLines, jsonLines } from '@parley/platform/service/json-lines'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { importConversations } from './infrastructure/import-conversations'
import { PostgresKnownUsers } from './infrastructure/postgres-known-users'

/** `node dist/import-demo.js PEOPLE CONVERSATIONS`: imports the conversations of a plan. Idempotent. */
async function run([peopleFile = '', conversationsFile = '']: readonly string[]): Promise<void> {
  const { POSTGRES_URL } = parseEnv(postgresEnv)
  const client = postgres(POSTGRES_URL, { max: 1 })
  try {
    const db = drizzle(client)
    const people = await allJsonLines<PlannedPerson>(peopleFile)
    await new PostgresKnownUsers(db).add(people.map(({ id }) => userId(id)))
    await importConversations(db, jsonLines<PlannedConversation>(conversationsFile))
  } finally {
    await client.end()
  }
}

void run(process.argv.slice(2))
