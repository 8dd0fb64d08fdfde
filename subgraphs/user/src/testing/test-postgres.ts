import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Database, Sql } from '@parley/platform/postgres/database'
import { migratePostgres } from '@parley/platform/postgres/migrate'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

export const migrationsFolder = join(__dirname, '..', '..', 'migrations')

export interface TestPostgres {
  readonly url: string
  readonly db: Database
  readonly sql: Sql
  drop(): Promise<void>
}

/** The address of an engine that the test runner has started. */
export function engine(name: string): string {
  const address = process.env[name]
  if (address === undefined) throw new Error(`${name} is not set: integration tests need the engines`)
  return address
}

/** A migrated database of one test file's own on the server of PARLEY_POSTGRES_URL. */
export async function testPostgres(): Promise<TestPostgres> {
  const server = engine('PARLEY_POSTGRES_URL')
  const name = `user_test_${randomUUID().replaceAll('-', '')}`
  const url = new URL(server)
  url.pathname = `/${name}`
  // As when several instances are rolled out together.
  await Promise.all(Array.from({ length: 3 }, () => migratePostgres(url.href, migrationsFolder)))
  const sql = postgres(url.href, { max: 10, onnotice: () => undefined })
  return {
    url: url.href,
    db: drizzle(sql),
    sql,
    async drop() {
      await sql.end({ timeout: 5 })
      url.pathname = '/postgres'
      const maintenance = postgres(url.href, { max: 1, onnotice: () => undefined })
      await maintenance`drop database if exists ${maintenance(name)} with (force)`
      await maintenance.end()
    },
  }
}
