import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '@parley/e2e/chaos/scenario'
import type { Stack } from '@parley/launcher/stack'
import { MongoClient } from 'mongodb'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import { sendMessage } from './clients/send-message.ts'
import { TinodeCrowd } from './clients/tinode-crowd.ts'
import { cpuSecondsWithChildren } from './processes/pinned.ts'
import type { Figure } from './report/figure.ts'
import { conclude } from './report/result.ts'
import { startStackCrowd } from './stack-crowd.ts'
import { startTinode } from './tinode.ts'

const senders = [1, 16, 64]
const spread = 1_000
const people = 8
const warmUpMs = 6_000
/** As much as an idle stack takes, and less than any work that is left. */
const quietCores = 0.15

/** Something that is written once for each call, and acknowledged when it is durable. */
interface Writing {
  readonly name: string
  readonly kind: 'ours' | 'peer' | 'limit'
  /** It has one conversation only. */
  readonly isOfOne?: boolean
  readonly write: (sender: number, conversationId: string) => Promise<void>
  readonly cpuSeconds: () => number
}

interface Case {
  readonly senders: number
  readonly conversations: readonly string[]
  readonly title: string
}

export const sends: Bench = {
  name: 'sends',
  promise: 'At 16 senders and more at least 1,000 sends a second are acknowledged, each after its durable insert.',
  defaults: { window: 4, rounds: 3 },
  run: (run) =>
    cleaningUp(async (cleanup) => {
      const notes = new Notes(run.say)
      notes.push(
        'Ours: a mutation through gateway and message subgraph, acknowledged after its durable insert. Nothing is pinned: every process of ours, Tinode, the engines and the load share all cores. insertOne: the same document, by the driver, on the same engine with the same durability and indexes. Tinode: a message over WebSocket, on the same PostgreSQL server.',
      )
      const crowd = await startStackCrowd(run, cleanup, { people, conversations: spread + 1, isFree: true })
      const { stack, port, clients, conversations } = crowd
      const origin = stack.urls[0] ?? ''
      const writings: readonly Writing[] = [
        {
          name: 'ours',
          kind: 'ours',
          write(sender, conversationId) {
            const cookie = clients[sender % people]?.cookieHeader ?? ''
            return sendMessage({ port, origin, cookie, conversationId, text, lateMs, mutation })
          },
          cpuSeconds: () => cpuSecondsWithChildren(pidsOf(stack)),
        },
        await plainInserts(stack, cleanup),
        ...(await tinode(stack, run, cleanup, notes)),
      ]
      return conclude('sends', run, await measureAll(casesOf(conversations, run), writings, run), notes.all)
    }),
}

const casesOf = ([first = '', ...others]: readonly string[], run: BenchRun): readonly Case[] =>
  (run.clients.length > 0 ? run.clients : senders).flatMap((count) => [
    { senders: count, conversations: [first], title: `${count} senders, one conversation` },
    {
      senders: count,
      conversations: others,
      title: `${count} senders, ${others.length.toLocaleString('en')} conversations`,
    },
  ])

const pidsOf = (stack: Stack): readonly number[] => [
  ...stack.services.flatMap(({ identity }) => (identity === null ? [] : [identity.pid])),
  ...Object.values(stack.engines.pids).flat(),
]

const text = 'As long as people write when they have something to say.'
/** As much as the others acknowledge: the web client's own also selects the author, whom accounts are asked for. */
const mutation =
  'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { event { seq message { id } } errors { code message } } }'
const lateMs = 30_000

async function plainInserts(stack: Stack, cleanup: Cleanup): Promise<Writing> {
  const client = new MongoClient(stack.engines.addresses.mongoUrl, { retryWrites: false, w: 'majority', journal: true })
  cleanup.add({ stop: () => client.close() })
  const events = client.db('bench_sends').collection<{ _id: string }>('timeline_events')
  await events.createIndex({ conversationId: 1, seq: 1 }, { unique: true })
  await events.createIndex({ conversationId: 1, actorId: 1, clientId: 1 }, { unique: true })
  await events.createIndex({ conversationId: 1, line: 1 })
  await events.createIndex({ pending: 1 }, { sparse: true })
  let seq = 0
  return {
    name: 'insertOne',
    kind: 'limit',
    async write(sender, conversationId) {
      seq += 1
      const [_id, requestId, clientId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
      const place = { conversationId, seq, lines: seq, line: seq, pending: `${conversationId}:${seq}` }
      const sent = { type: 'MessageSent', actorId: `person${sender}`, clientId, at: new Date() }
      await events.insertOne({ _id, ...place, ...sent, data: { messageId: _id, text }, requestId } as { _id: string })
    },
    cpuSeconds: () => cpuSecondsWithChildren([process.pid, ...stack.engines.pids.mongo]),
  }
}

async function tinode(stack: Stack, run: BenchRun, cleanup: Cleanup, notes: Notes): Promise<readonly Writing[]> {
  try {
    const server = await startTinode(stack.engines.addresses.postgresUrl, run, cleanup, { isFree: true })
    const crowd = await TinodeCrowd.join(server, people, () => undefined)
    return [
      {
        name: 'Tinode',
        kind: 'peer',
        isOfOne: true,
        write: (sender) => crowd.sendAcknowledged(sender, text),
        cpuSeconds: () => server.cpuSeconds + cpuSecondsWithChildren(stack.engines.pids.postgres),
      },
    ]
  } catch (error) {
    notes.push(`Tinode was not measured: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}

interface Measured {
  readonly perSecond: number
  readonly p99: number
  readonly cpuMs: number
}

async function measureAll(
  cases: readonly Case[],
  writings: readonly Writing[],
  run: BenchRun,
): Promise<readonly Figure[]> {
  const all = new Map<string, Measured[]>()
  const [first] = cases
  if (first === undefined) return []
  // Each process has compiled what it runs, and each conversation has had a message.
  for (const one of cases.filter(({ senders }) => senders === first.senders))
    for (const writing of writings.filter((each) => isFor(one, each)))
      await measure(writing, { ...one, senders: 64 }, warmUpMs, run)
  for (let round = 0; round < run.rounds; round += 1) {
    for (const one of cases) {
      for (const writing of writings.filter((each) => isFor(one, each))) {
        run.signal.throwIfAborted()
        const measured = await measure(writing, one, run.windowMs, run)
        const key = `${one.title} ${writing.name}`
        all.set(key, [...(all.get(key) ?? []), measured])
        const { perSecond, p99, cpuMs } = measured
        run.say(
          `${one.title}, ${writing.name}: ${perSecond.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms, ${cpuMs.toFixed(2)} CPU ms each`,
        )
      }
    }
  }
  const rowsOf = (one: Case, value: (measured: Measured) => number) =>
    writings
      .filter((each) => isFor(one, each))
      .map(({ name, kind }) => ({ name, kind, values: (all.get(`${one.title} ${name}`) ?? []).map(value) }))
  return cases.flatMap((one): Figure[] => [
    {
      title: `acknowledged, ${one.title}`,
      unit: 'sends/s',
      better: 'more',
      rows: rowsOf(one, ({ perSecond }) => perSecond),
      goals: goalsOf(one),
    },
    { title: `CPU, ${one.title}`, unit: 'ms per send', better: 'less', rows: rowsOf(one, ({ cpuMs }) => cpuMs) },
  ])
}

/** For half a minute at most. */
async function untilQuiet({ cpuSeconds }: Writing, signal: AbortSignal): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    const before = cpuSeconds()
    await pause(500, undefined, { signal })
    if (cpuSeconds() - before < 0.5 * quietCores) return
  }
}

const isFor = ({ conversations }: Case, { isOfOne = false }: Writing): boolean => !isOfOne || conversations.length === 1

const goalsOf = (one: Case): NonNullable<Figure['goals']> => [
  ...(one.senders >= 16 ? [{ atLeast: 1_000 }, { than: 'insertOne', atLeast: 0.7 }] : []),
  ...(one.senders === 16 && one.conversations.length === 1 ? [{ than: 'Tinode', atLeast: 1.5 }] : []),
]

/**
 * Each sender sends the next when the one before is acknowledged. The CPU time is counted until all is quiet: what follows
 * on the acknowledgements belongs to them, and not to whoever is measured next.
 */
async function measure(writing: Writing, one: Case, windowMs: number, run: BenchRun): Promise<Measured> {
  const waits: number[] = []
  const before = writing.cpuSeconds()
  const started = performance.now()
  await Promise.all(
    Array.from({ length: one.senders }, async (_, sender) => {
      for (let turn = sender; performance.now() - started < windowMs; turn += one.senders) {
        run.signal.throwIfAborted()
        const began = performance.now()
        await writing.write(sender, one.conversations[turn % one.conversations.length] ?? '')
        waits.push(performance.now() - began)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1_000
  await untilQuiet(writing, run.signal)
  const cpuMs = (1_000 * (writing.cpuSeconds() - before)) / waits.length
  return { perSecond: waits.length / seconds, p99: percentile(waits, 0.99), cpuMs }
}
