import { randomUUID } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { engineAddress } from '../../testing/engine-address'
import type { Database, Sql } from '../database'
import { migratePostgres } from '../migrate'

export interface TestDatabase {
  readonly url: string
  readonly db: Database
  readonly sql: Sql
  drop(): Promise<void>
}

/** A database name for one test on the real server; the database is not created yet. */
export function testDatabaseUrl(): string {
  const url = new URL(engineAddress('PARLEY_POSTGRES_URL'))
  url.pathname = `/test_${randomUUID().replaceAll('-', '')}`
  return url.href
}

/** A migrated database for one test file; `drop` deletes it. */
export async function testDatabase(migrations: string): Promise<TestDatabase> {
  const url = testDatabaseUrl()
  await migratePostgres(url, migrations)
  return openDatabase(url)
}

/** Simulates another process on the same database: a pool of its own. */
export function openDatabase(url: string): TestDatabase {
  const sql = postgres(url, { max: 10, onnotice: () => undefined })
  return { url, sql, db: drizzle(sql), drop: () => drop(url, sql) }
}

async function drop(url: string, sql: Sql): Promise<void> {
  await sql.end({ timeout: 5 })
  const maintenance = new URL(url)
  const name = maintenance.pathname.slice(1)
  maintenance.pathname = '/postgres'
  const client = postgres(maintenance.href, { max: 1, onnotice: () => undefined })
  await client`drop database if exists ${client(name)} with (force)`
  await client.end()
}
