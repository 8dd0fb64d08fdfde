/**
 * Measures our own operations on one server of MongoDB's protocol with a log of this many messages: node
 * tooling/engines/bench/mongo-engines.ts --url mongodb://… [--messages 300000]
 */
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { MongoClient } from 'mongodb'
import type { Db } from 'mongodb'
import { quantile } from './quantile.ts'
import { conversationLength, conversationOf, createLog, event, fill, idAt } from './timeline-load.ts'
import type { Log } from './timeline-load.ts'

const { values } = parseArgs({
  options: { url: { type: 'string' }, messages: { type: 'string', default: '300000' } },
})
const messages = Number(values.messages)
const anyIndex = () => Math.floor(Math.random() * messages)

async function timed(label: string, times: number, work: (index: number) => Promise<unknown>): Promise<void> {
  const latencies: number[] = []
  for (let index = 0; index < times; index++) {
    const begun = performance.now()
    await work(index)
    latencies.push(performance.now() - begun)
  }
  latencies.sort((a, b) => a - b)
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
  process.stdout.write(`${label.padEnd(40)} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms\n`)
}

async function rate(label: string, total: number, writers: number, write: () => Promise<unknown>): Promise<void> {
  const begun = performance.now()
  let left = total
  const run = async () => {
    while (left-- > 0) await write()
  }
  await Promise.all(Array.from({ length: writers }, run))
  process.stdout.write(`${label.padEnd(40)} ${Math.round(total / ((performance.now() - begun) / 1_000))}/s\n`)
}

async function measure(db: Db, log: Log): Promise<void> {
  const own = `bench-${randomUUID()}`
  let seq = 0
  const insert = () => log.insertOne(event(randomUUID(), own, ++seq))
  await rate('insert, one writer', 300, 1, insert)
  await rate('insert, 16 writers', 1_600, 16, insert)
  await timed('page of 50 by (conversationId, seq)', 200, () => {
    const from = Math.floor(Math.random() * (conversationLength - 50))
    return log.find({ conversationId: conversationOf(anyIndex()), seq: { $gt: from, $lte: from + 50 } }).toArray()
  })
  await timed('50 by _id', 200, () =>
    log.find({ _id: { $in: Array.from({ length: 50 }, () => idAt(anyIndex())) } }).toArray(),
  )
  const heads = db.collection<{ _id: string; headSeq: number }>('heads')
  await timed('findOneAndUpdate, upsert', 200, (index) =>
    heads.findOneAndUpdate({ _id: `head-${index % 50}` }, { $max: { headSeq: index } }, { upsert: true }),
  )
  await timed('bulkWrite of 50 upserts', 50, () =>
    heads.bulkWrite(
      Array.from({ length: 50 }, (_, index) => ({
        updateOne: { filter: { _id: `bulk-${index}` }, update: { $inc: { headSeq: 1 } }, upsert: true },
      })),
    ),
  )
  await timed('refusal of a duplicate seq', 100, async () => {
    const index = anyIndex()
    const place = (index % conversationLength) + 1
    await log.insertOne(event(randomUUID(), conversationOf(index), place)).then(
      () => Promise.reject(new Error('A duplicate was taken')),
      () => undefined,
    )
  })
}

if (values.url === undefined) throw new Error('Give the address of the server with --url')
const client = new MongoClient(values.url, { w: 'majority', journal: true, retryWrites: false })
const db = client.db('years')
const log = await createLog(db)
const present = await log.estimatedDocumentCount()
if (present < messages) {
  const begun = performance.now()
  await fill(log, 0, messages, () => undefined)
  process.stdout.write(`filled, ${Math.round(messages / ((performance.now() - begun) / 1_000))}/s in batches of 500\n`)
}
await measure(db, log)
await client.close()
