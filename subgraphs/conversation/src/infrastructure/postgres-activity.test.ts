import type { ConversationId } from '@parley/kernel/ids'
import type { Database } from '@parley/platform/postgres/database'
import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { maxKnown, PostgresActivity } from './postgres-activity'

const at = new Date()

/** A database in which every conversation was long inactive. It notes the conversations of each write. */
function notedWrites() {
  const writes: string[][] = []
  const tx = {
    execute(statement: SQL) {
      const [ids] = new PgDialect().sqlToQuery(statement).params as [string]
      const written = ids.slice(1, -1).split(',')
      writes.push(written)
      return Promise.resolve(written.map((id) => ({ id })))
    },
    update: () => ({ set: () => ({ from: () => ({ where: () => Promise.resolve() }) }) }),
  }
  const db = { transaction: (work: (one: typeof tx) => unknown) => work(tx) } as unknown as Database
  const activity = new PostgresActivity(db)
  const record = (...ids: readonly number[]) =>
    Promise.all(ids.map((id) => activity.record(`${id}` as ConversationId, at)))
  return { record, writes }
}

describe('PostgresActivity', () => {
  it('writes together what is recorded while a write is under way', async () => {
    const { record, writes } = notedWrites()
    const first = record(1)
    await Promise.resolve()
    await Promise.all([first, record(2, 3), record(4, 4)])
    expect(writes).toEqual([['1'], ['2', '3', '4']])
  })

  it('writes nothing for a conversation that was active just now', async () => {
    const { record, writes } = notedWrites()
    await record(1)
    await record(1, 2)
    expect(writes).toEqual([['1'], ['2']])
  })

  it('forgets only the conversation that was written the longest ago', async () => {
    const { record, writes } = notedWrites()
    await record(...Array.from({ length: maxKnown + 1 }, (_, id) => id))
    const before = writes.length
    await record(1, 2, maxKnown)
    expect(writes).toHaveLength(before)
    await record(0)
    expect(writes).toHaveLength(before + 1)
  })
})
