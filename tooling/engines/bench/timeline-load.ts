/**
 * The documents and indexes of the message subgraph's log, to measure servers of MongoDB's protocol with our own
 * operations.
 */
import { randomUUID } from 'node:crypto'
import type { Collection, Db } from 'mongodb'

export interface LogDocument {
  _id: string
  conversationId: string
  seq: number
  type: string
  actorId: string
  clientId: string
  at: Date
  data: { messageId: string; text: string }
}

export type Log = Collection<LogDocument>

/** The number of events per conversation. */
export const conversationLength = 10_000

export async function createLog(db: Db): Promise<Log> {
  const log: Log = db.collection('timeline_events')
  await log.createIndex({ conversationId: 1, seq: 1 }, { unique: true })
  await log.createIndex({ conversationId: 1, actorId: 1, clientId: 1 }, { unique: true })
  await log.createIndex({ pending: 1 }, { sparse: true })
  return log
}

export const conversationOf = (index: number): string => `conversation-${Math.floor(index / conversationLength)}`

/** The event number `index` of a fill; its id is derived from its number. */
export function eventAt(index: number): LogDocument {
  const id = idAt(index)
  return event(id, conversationOf(index), (index % conversationLength) + 1)
}

export const idAt = (index: number): string => `0197-${String(index).padStart(12, '0')}`

export function event(id: string, conversationId: string, seq: number): LogDocument {
  return {
    _id: id,
    conversationId,
    seq,
    type: 'MessageSent',
    actorId: `user-${seq % 20}`,
    clientId: randomUUID(),
    at: new Date(),
    data: { messageId: id, text: 'The quick brown fox jumps over the lazy dog, and then it does so once more.' },
  }
}

const batch = 500

/** Inserts the events from `from` up to `to`, in batches, two at a time. */
export async function fill(log: Log, from: number, to: number, onBatch: (done: number) => void): Promise<void> {
  let next = from
  const write = async () => {
    while (next < to) {
      const begin = next
      next = Math.min(to, begin + batch)
      await log.insertMany(Array.from({ length: next - begin }, (_, offset) => eventAt(begin + offset)))
      onBatch(next)
    }
  }
  await Promise.all([write(), write()])
}
