import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const duplicateDatabase = '42P04'

/**
 * Creates the database of the URL when it does not exist, then applies the SQL files of `folder` in order. Several
 * processes may run it at once: one migrates, the others wait and find nothing left to do.
 */
export async function migratePostgres(url: string, folder: string): Promise<void> {
  await createDatabase(url)
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    // Held by this connection until it ends: drizzle's own bookkeeping does not support two concurrent migrations.
    await client`select pg_advisory_lock(hashtext('parley:migrate'))`
    await migrate(drizzle(client), { migrationsFolder: folder })
  } finally {
    await client.end()
  }
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url)
  const name = decodeURIComponent(maintenance.pathname.slice(1))
  maintenance.pathname = '/postgres'
  const client = postgres(maintenance.href, { max: 1, onnotice: () => undefined })
  try {
    await client`create database ${client(name)}`
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && (error.code === duplicateDatabase || error.code === '23505')))
      throw error
  } finally {
    await client.end()
  }
}
