import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engines, startEngines } from '@parley/engines/start-engines'
import { inArray, sql as statement } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { pgTable, uuid } from 'drizzle-orm/pg-core'
import { outageOf } from '../failures'
import type { Sql } from './database'
import { openPostgres } from './open-postgres'

const writes = pgTable('writes', { id: uuid('id').primaryKey(), half: uuid('half') })
const kills = 6
const writers = 24

/** An uncaught exception of the driver would end a process; here it fails the test. */
const escaped: unknown[] = []
const note = (error: unknown) => void escaped.push(error)

describe('PostgreSQL killed under writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-killed-'))
  let engines: Engines
  let sql: Sql
  const acknowledged: string[] = []
  const undone: string[] = []
  const unclassified: unknown[] = []
  let lastAcknowledgedAt = 0
  let stopped = false

  beforeAll(async () => {
    process.on('uncaughtException', note).on('unhandledRejection', note)
    // The server does not run as root and must be able to read its data.
    chmodSync(folder, 0o755)
    const { PARLEY_POSTGRES_URL: _shared, ...env } = process.env
    engines = await startEngines({ dataDir: join(folder, 'data'), only: ['postgres'], ephemeral: true, env })
    sql = openPostgres(`${engines.addresses.postgresUrl}/postgres`)
    await sql`create table writes (id uuid primary key, half uuid)`
  }, 120_000)

  afterAll(async () => {
    await sql.end({ timeout: 0 })
    await engines.stop()
    rmSync(folder, { recursive: true, force: true })
    process.off('uncaughtException', note).off('unhandledRejection', note)
  }, 60_000)

  /** Single statements and transactions of two halves; some leave the driver's buffer at once, some wait in it. */
  async function write(round: number): Promise<void> {
    const [id, half] = [randomUUID(), randomUUID()]
    const db = drizzle(sql)
    try {
      if (round % 3 === 0) await db.insert(writes).values({ id, half })
      else
        await db.transaction(async (tx) => {
          await tx.execute(statement`select ${'x'.repeat(round % 3 === 1 ? 2_000 : 10)}::text`)
          await tx.insert(writes).values({ id })
          await tx
            .update(writes)
            .set({ half })
            .where(inArray(writes.id, [id]))
        })
      acknowledged.push(id)
      lastAcknowledgedAt = performance.now()
    } catch (error) {
      const outage = outageOf(error)
      if (outage === null) unclassified.push(error)
      if (outage === 'refused') undone.push(id)
    }
  }

  async function writeOnAndOn(): Promise<void> {
    for (let round = 0; !stopped; round += 1) {
      await write(round)
      // A refusal is immediate: let other tasks run.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  it('crashes no process, loses no write, and is used again within 2 s of its return', async () => {
    const writing = Promise.all(Array.from({ length: writers }, writeOnAndOn))
    const backAfter: number[] = []
    for (let kill = 0; kill < kills; kill += 1) {
      const before = acknowledged.length
      await until(() => acknowledged.length > before + 100)
      await engines.killEngine('postgres')
      await engines.restartEngine('postgres')
      const returned = performance.now()
      await until(() => lastAcknowledgedAt > returned)
      backAfter.push(lastAcknowledgedAt - returned)
    }
    stopped = true
    await writing

    expect(escaped).toEqual([])
    expect(unclassified).toEqual([])
    expect(Math.max(...backAfter)).toBeLessThan(2_000)
    const rows = await drizzle(sql).select().from(writes)
    const found = new Map(rows.map(({ id, half }) => [id, half]))
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([])
    expect(undone.filter((id) => found.has(id))).toEqual([])
    // A statement of a lost transaction must not run on the connection that replaced it.
    expect(rows.filter(({ half }) => half === null)).toEqual([])
  }, 180_000)
})

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('Not within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
