import type { ConversationId } from '@parley/kernel/ids'
import type { Database } from '@parley/platform/postgres/database'
import { maxKnown, PostgresActivity } from './postgres-activity'

const at = new Date()

/** A database in which every conversation was active just now. */
function countedReads() {
  let reads = 0
  const where = () => {
    reads += 1
    return Promise.resolve([{ at }])
  }
  const db = { select: () => ({ from: () => ({ where }) }) } as unknown as Database
  return { db, reads: () => reads }
}

describe('PostgresActivity', () => {
  it('forgets only the conversation that was read the longest ago', async () => {
    const { db, reads } = countedReads()
    const activity = new PostgresActivity(db)
    const record = (index: number) => activity.record(`${index}` as ConversationId, at)
    for (let index = 0; index <= maxKnown; index += 1) await record(index)
    expect(reads()).toBe(maxKnown + 1)
    for (const index of [1, 2, maxKnown]) await record(index)
    expect(reads()).toBe(maxKnown + 1)
    await record(0)
    expect(reads()).toBe(maxKnown + 2)
  })
})
