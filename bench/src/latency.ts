import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '@parley/e2e/chaos/scenario'
import type { Stack } from '@parley/launcher/stack'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import type { Chat, Waits } from './clients/chatters.main.ts'
import { subscribeMessage } from './clients/follower.ts'
import { timelinePayload } from './clients/payloads.ts'
import { nodeArgs, peerScript } from './peers.ts'
import type { PeerName } from './peers.ts'
import { cpuSecondsWithChildren, loadCore, Pinned, serverCore } from './processes/pinned.ts'
import type { Figure, Row } from './report/figure.ts'
import { conclude } from './report/result.ts'
import { startStackCrowd } from './stack-crowd.ts'
import { startTinode } from './tinode.ts'

const members = 200
/** A conversation of ours has no more, so each of them has two clients. */
const maxMembers = 100
const rates = [10, 50]
const settleMs = 1_000

interface Chatting {
  readonly name: string
  readonly kind: Row['kind']
  readonly crowd: Pinned
  readonly cpuSeconds: () => number
}

export const latency: Bench = {
  name: 'latency',
  promise: 'From a send to 200 followers over the whole stack it takes at most 1.5 times the durable floor.',
  defaults: { window: 5, rounds: 3 },
  run: (run) =>
    cleaningUp(async (cleanup) => {
      const [count = members] = run.clients
      const notes = new Notes(run.say)
      notes.push(
        'Ours: the web client’s mutation over HTTP and its timeline over WebSocket, through gateway and subgraphs; every process and engine of the stack is counted. The durable floor: a socket, one durable write to the same MongoDB server, Redis, a broadcast; its engines are counted. A conversation of ours has at most 100 members, so 200 followers are 100 people with two clients each. Bare ws keeps nothing. Tinode runs on the same PostgreSQL server.',
      )
      const chats = await startAll(count, run, cleanup, notes)
      return conclude('latency', run, await measure(chats, count, run, notes), notes.all)
    }),
}

async function startAll(count: number, run: BenchRun, cleanup: Cleanup, notes: Notes): Promise<readonly Chatting[]> {
  const own = await startStackCrowd(run, cleanup, { people: Math.min(count, maxMembers), conversations: 1 })
  const { stack, port, clients, headers } = own
  const [conversationId = ''] = own.conversations
  const ours: Chat = {
    place: { port, path: '/graphql', protocol: 'graphql-transport-ws' },
    count,
    headers,
    subscribe: subscribeMessage(timelinePayload(conversationId, own.heads[0] ?? 0, 'id')),
    by: {
      kind: 'mutation',
      conversationId,
      cookies: clients.map(({ cookieHeader }) => cookieHeader),
      origin: stack.urls[0] ?? '',
    },
  }
  const chats: Chatting[] = [
    {
      name: 'ours',
      kind: 'ours',
      crowd: await join200(ours, cleanup),
      cpuSeconds: () => cpuSecondsWithChildren(pidsOf(stack)),
    },
    await startPeer('bare ws', 'sockets', 'broadcast.mjs', [], count, run, cleanup),
  ]
  const { mongoUrl, redisNodes, postgresUrl } = stack.engines.addresses
  const engines = [...stack.engines.pids.mongo, ...stack.engines.pids.redis]
  const addresses = JSON.stringify({ mongoUrl, redisNodes })
  chats.push(await startPeer('durable floor', 'floor', 'floor.mjs', [addresses], count, run, cleanup, engines))
  try {
    const tinode = await startTinode(postgresUrl, run, cleanup)
    const chat: Chat = { place: tinode, count, headers: [''], by: { kind: 'tinode' } }
    chats.push({
      name: 'Tinode',
      kind: 'peer',
      crowd: await join200(chat, cleanup),
      cpuSeconds: () => tinode.cpuSeconds + cpuSecondsWithChildren(stack.engines.pids.postgres),
    })
  } catch (error) {
    notes.push(`Tinode was not measured: ${error instanceof Error ? error.message : String(error)}`)
  }
  return chats
}

const pidsOf = (stack: Stack): readonly number[] => [
  ...stack.services.flatMap(({ identity }) => (identity === null ? [] : [identity.pid])),
  ...Object.values(stack.engines.pids).flat(),
]

async function join200(chat: Chat, cleanup: Cleanup): Promise<Pinned> {
  const script = join(import.meta.dirname, 'clients', 'chatters.main.ts')
  const crowd = cleanup.add(await Pinned.start({ core: loadCore, script }))
  await crowd.call('join', chat)
  return crowd
}

async function startPeer(
  name: string,
  peer: PeerName,
  script: string,
  args: readonly string[],
  count: number,
  run: BenchRun,
  cleanup: Cleanup,
  engines: readonly number[] = [],
): Promise<Chatting> {
  const program = await peerScript(peer, script, run.say)
  const server = cleanup.add(await Pinned.start<number>({ core: serverCore, nodeArgs, script: program, args }))
  const chat: Chat = { place: { port: server.ready, path: '/' }, count, headers: [''], by: { kind: 'socket' } }
  const crowd = await join200(chat, cleanup)
  return { name, kind: 'limit', crowd, cpuSeconds: () => server.cpuSeconds + cpuSecondsWithChildren(engines) }
}

interface Measured {
  readonly rate: number
  readonly chat: Chatting
  readonly waits: Waits
  readonly cpuPerThousand: number
}

async function measure(
  chats: readonly Chatting[],
  count: number,
  run: BenchRun,
  notes: Notes,
): Promise<readonly Figure[]> {
  const all: Measured[] = []
  const idle: Idle[] = []
  for (const { crowd } of chats) await crowd.call('run', { perSecond: rates[0], windowMs: run.windowMs })
  for (let round = 0; round < run.rounds; round += 1) {
    const resting = await rest(chats, run)
    idle.push(...resting)
    for (const rate of rates) {
      for (const chat of chats) {
        run.signal.throwIfAborted()
        const [before, began] = [chat.cpuSeconds(), performance.now()]
        const waits = await chat.crowd.call<Waits>('run', { perSecond: rate, windowMs: run.windowMs })
        const used = chat.cpuSeconds() - before - (share(chat, resting) * (performance.now() - began)) / 1_000
        const cpuPerThousand = (1_000 * Math.max(0, used)) / waits.milliseconds.length
        all.push({ rate, chat, waits, cpuPerThousand })
        if (waits.missing > 0)
          notes.push(`${chat.name} at ${rate}/s: ${waits.missing} deliveries had not come after 30 s`)
        const [p50, p99] = [0.5, 0.99].map((share) => percentile(waits.milliseconds, share).toFixed(1))
        run.say(`${rate}/s, ${chat.name}: p50 ${p50} ms, p99 ${p99} ms, ${cpuPerThousand.toFixed(3)} CPU s per 1,000`)
      }
    }
  }
  return [...figuresOf(all, chats, count), idleFigure(idle, chats)]
}

/** What a chat costs while nobody writes, in CPU seconds a second: not a cost of its deliveries. */
interface Idle {
  readonly chat: Chatting
  readonly share: number
}

async function rest(chats: readonly Chatting[], run: BenchRun): Promise<readonly Idle[]> {
  // What the last writes have left to do is not idleness.
  await pause(settleMs, undefined, { signal: run.signal })
  const [before, began] = [chats.map(({ cpuSeconds }) => cpuSeconds()), performance.now()]
  await pause(run.windowMs, undefined, { signal: run.signal })
  const seconds = (performance.now() - began) / 1_000
  return chats.map((chat, index) => ({ chat, share: (chat.cpuSeconds() - (before[index] ?? 0)) / seconds }))
}

const share = (chat: Chatting, idle: readonly Idle[]): number => idle.find((one) => one.chat === chat)?.share ?? 0

const idleFigure = (idle: readonly Idle[], chats: readonly Chatting[]): Figure => ({
  title: 'CPU while nobody writes',
  unit: 'CPU ms a second',
  better: 'less',
  rows: chats.map((chat) => ({
    name: chat.name,
    kind: chat.kind,
    values: idle.filter((one) => one.chat === chat).map((one) => 1_000 * one.share),
  })),
})

function figuresOf(all: readonly Measured[], chats: readonly Chatting[], count: number): readonly Figure[] {
  const rowsOf = (rate: number, value: (measured: Measured) => number): Row[] =>
    chats.map((chat) => ({
      name: chat.name,
      kind: chat.kind,
      values: all.filter((one) => one.chat === chat && one.rate === rate).map(value),
    }))
  return rates.flatMap((rate) => [
    ...[0.5, 0.99].map((share) => ({
      title: `send to ${count} followers at ${rate}/s, p${100 * share}`,
      unit: 'ms',
      better: 'less' as const,
      rows: rowsOf(rate, ({ waits }) => percentile(waits.milliseconds, share)),
      goals: [
        { than: 'durable floor', atMost: 1.5 },
        { than: 'Tinode', atMost: 1 },
      ],
    })),
    {
      title: `CPU of the whole stack at ${rate}/s, without what it uses while nobody writes`,
      unit: 'CPU seconds per 1,000 deliveries',
      better: 'less' as const,
      rows: rowsOf(rate, ({ cpuPerThousand }) => cpuPerThousand),
      goals: [{ atMost: 0.03 }],
    },
  ])
}
