import { randomUUID } from 'node:crypto'
import type { Stack } from '@parley/launcher/stack'
import { MongoClient } from 'mongodb'
import type { BenchRun } from './bench.ts'

/** A conversation in which each event is a message and makes a line. */
export interface LongConversation {
  readonly id: string
  readonly lines: number
  readonly messageIdAt: (line: number) => string
  readonly timeOf: (line: number) => Date
}

interface Filling {
  readonly id: string
  /** The seq and line of its last event so far. */
  readonly head: number
  readonly events: number
  readonly authorId: string
  /** By `performance.now`: it ends then with fewer events. */
  readonly until: number
  readonly run: BenchRun
}

const batch = 1_000
const atOnce = 4
const firstAt = Date.UTC(2024, 0, 1)
/** One every 15 seconds: five million take two years and four months. */
const stepMs = 15_000

/**
 * Writes the log and its projections as the messages would have made them, by the driver: sending five million would
 * take hours.
 */
export async function fillConversation(stack: Stack, filling: Filling): Promise<LongConversation> {
  const { id, head, events, until, run } = filling
  const client = new MongoClient(stack.engines.addresses.mongoUrl, { retryWrites: false })
  const salt = randomUUID().slice(-12)
  const timeOf = (line: number) => new Date(firstAt + line * stepMs)
  const messageIdAt = (line: number) => idAt(timeOf(line).getTime(), salt)
  try {
    const db = client.db('parley_message')
    const [log, messages] = [db.collection<Row>('timeline_events'), db.collection<Row>('messages')]
    let next = head + 1
    let told = performance.now()
    const worker = async () => {
      while (next <= events && performance.now() < until) {
        run.signal.throwIfAborted()
        const from = next
        next += batch
        const count = Math.min(batch, events - from + 1)
        const lines = Array.from({ length: count }, (_, index) => from + index)
        const rows = lines.map((line) => ({ line, _id: messageIdAt(line), at: timeOf(line) }))
        await Promise.all([
          log.insertMany(rows.map((row) => eventRow(row, filling))),
          messages.insertMany(rows.map((row) => messageRow(row, filling))),
        ])
        if (performance.now() - told < 10_000) continue
        told = performance.now()
        run.say(`${id}: ${from.toLocaleString('en')} of ${events.toLocaleString('en')} events`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    const lines = Math.min(events, next - 1)
    const lastMessage = { seq: lines, id: messageIdAt(lines) }
    const place = { headSeq: lines, lines, foldedSeq: lines, lastMessage, changedAt: new Date() }
    await db.collection<Row>('conversation_heads').updateOne({ _id: id }, { $set: place }, { upsert: true })
    return { id, lines, messageIdAt, timeOf }
  } finally {
    await client.close()
  }
}

interface Row {
  readonly _id: string
  readonly [field: string]: unknown
}

interface Line {
  readonly _id: string
  readonly line: number
  readonly at: Date
}

const text = 'As long as people write when they have something to say.'

const eventRow = ({ line, _id, at }: Line, { id, authorId }: Filling): Row => ({
  _id,
  conversationId: id,
  seq: line,
  lines: line,
  line,
  type: 'MessageSent',
  actorId: authorId,
  clientId: _id,
  at,
  data: { messageId: _id, text },
})

const messageRow = ({ line, _id, at }: Line, { id, authorId }: Filling): Row => ({
  _id,
  conversationId: id,
  seq: line,
  line,
  version: line,
  authorId,
  clientId: _id,
  text,
  sentAt: at,
  editedAt: null,
  reactions: [],
  deletedAt: null,
  deletedBy: null,
})

/** A UUIDv7 of this time, as the ids of messages are. */
function idAt(ms: number, salt: string): string {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${salt}`
}
