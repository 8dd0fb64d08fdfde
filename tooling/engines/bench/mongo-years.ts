/**
 * Fills one MongoDB server with years of events while a probe writes and reads like users; fails when an answer takes
 * too long. node tooling/engines/bench/mongo-years.ts --url mongodb://… [--events 5000000] [--worst 5000]
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { MongoClient } from 'mongodb'
import { quantile } from './quantile.ts'
import { conversationLength, createLog, event, fill } from './timeline-load.ts'
import type { Log } from './timeline-load.ts'

const probeEveryMs = 100

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    events: { type: 'string', default: '5000000' },
    worst: { type: 'string', default: '5000' },
  },
})

interface Probe {
  readonly latencies: number[]
  stop(): Promise<void>
}

/** One acknowledged send and one page, ten times a second. */
function probe(log: Log, conversationId: string): Probe {
  const latencies: number[] = []
  const stopped = new AbortController()
  const run = async () => {
    for (let seq = 1; !stopped.signal.aborted; seq++) {
      const begun = performance.now()
      await log.insertOne(event(randomUUID(), conversationId, seq))
      await log.find({ conversationId, seq: { $gt: seq - 50, $lte: seq } }).toArray()
      latencies.push(performance.now() - begun)
      await pause(probeEveryMs)
    }
  }
  const running = run()
  return {
    latencies,
    stop: async () => {
      stopped.abort()
      await running
    },
  }
}

async function main(url: string): Promise<void> {
  const events = Number(values.events)
  const client = new MongoClient(url, { w: 'majority', journal: true, retryWrites: false, socketTimeoutMS: 120_000 })
  const log = await createLog(client.db('years'))
  const begun = performance.now()
  const probing = probe(log, `probe-${randomUUID()}`)
  let told = 0
  await fill(log, 0, events, (done) => {
    if (done - told < 100_000) return
    const seconds = (performance.now() - begun) / 1_000
    const recent = probing.latencies.slice(-200).toSorted((a, b) => a - b)
    process.stdout.write(
      `${done} events, ${Math.round(done / seconds)}/s, probe p50 ${quantile(recent, 0.5).toFixed(0)} worst ${quantile(recent, 1).toFixed(0)} ms\n`,
    )
    told = done
  })
  await probing.stop()
  const sorted = probing.latencies.toSorted((a, b) => a - b)
  const worst = quantile(sorted, 1)
  const last = Math.floor((events - 1) / conversationLength)
  const page = await log.find({ conversationId: `conversation-${last}`, seq: { $gte: 1, $lte: 50 } }).toArray()
  await client.close()
  process.stdout.write(
    `${events} events; ${sorted.length} probes: p50 ${quantile(sorted, 0.5).toFixed(1)}, p99 ${quantile(sorted, 0.99).toFixed(0)}, worst ${worst.toFixed(0)} ms; a page of ${page.length}\n`,
  )
  if (worst > Number(values.worst)) process.exitCode = 1
}

if (values.url === undefined) throw new Error('Give the address of the server with --url')
await main(values.url)
