import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import { Crowd } from './clients/crowd.ts'
import { subscribeMessage } from './clients/follower.ts'
import type { Place } from './clients/follower.ts'
import type { Connecting } from './clients/followers.main.ts'
import { timelinePayload } from './clients/payloads.ts'
import { GatewayProcess } from './gateway-process.ts'
import { nodeArgs, peerScript } from './peers.ts'
import { loadCore, Pinned, serverCore } from './processes/pinned.ts'
import type { Figure, Row } from './report/figure.ts'
import { conclude } from './report/result.ts'

const counts = [200, 1_000, 5_000]
const bursts = [1, 50]
const stepMs = 180_000

/** A server with followers, of which each event is delivered to every follower. */
interface Broadcaster {
  readonly name: string
  readonly kind: Row['kind']
  readonly server: { readonly cpuSeconds: number }
  readonly crowd: Crowd
  readonly emit: (events: number) => Promise<unknown>
}

export const fanOut: Bench = {
  name: 'fan-out',
  promise: "The web client's own timeline reaches as many followers per CPU-second as bare ws.",
  // What a server does once for each event needs a while until it is compiled.
  defaults: { window: 3, rounds: 3, warmup: 3 },
  async run(run) {
    const rows = new Map<string, Row & { values: number[] }>()
    const notes = new Notes(run.say)
    notes.push(
      'Each message of bare ws has the bytes of ours. Events of ours come from a fake message subgraph with our schema, authors from a fake user subgraph; the peers make their events themselves. graphql-ws runs the same operation without federation, and without its pings.',
    )
    for (const count of run.clients.length > 0 ? run.clients : counts) {
      await cleaningUp(async (cleanup) => measureCount(count, await startAll(count, run, cleanup), rows, run, notes))
    }
    return conclude('fan-out', run, figuresOf(rows, run.clients.length > 0 ? run.clients : counts), notes.all)
  },
}

async function startAll(count: number, run: BenchRun, cleanup: Cleanup): Promise<readonly Broadcaster[]> {
  const own = await startOurs(count, run, cleanup)
  await own.crowd.receive(1, own.emit, stepMs)
  const sample = await own.crowd.sample()
  if (sample.includes('"errors"')) throw new Error(`A name is missing: ${sample}`)
  const plain = cleanup.add(await startPeer('bare-ws.mjs', run))
  await plain.call('take', sample)
  const place = { port: plain.ready, path: '/' }
  const nobody = Array.from({ length: count }, () => '')
  const bare = cleanup.add(await Crowd.gather({ place, headers: nobody, readyOn: 'open' }))
  const stock = cleanup.add(await startPeer('graphql-ws.mjs', run))
  await stock.call('take', { sample, sdl: readFileSync(join(root, 'schema', 'api.graphql'), 'utf8') })
  const subscribing = cleanup.add(
    await Crowd.gather({ ...following(stock.ready, timelinePayload('any', 1, 'text')), headers: nobody }),
  )
  const ofPeer = (server: Pinned, call: string) => (events: number) => server.call(call, events)
  return [
    own,
    { name: 'graphql-ws', kind: 'peer', server: stock, crowd: subscribing, emit: ofPeer(stock, 'emit') },
    { name: 'bare ws', kind: 'limit', server: plain, crowd: bare, emit: ofPeer(plain, 'emit') },
    { name: 'ws, one joined write', kind: 'limit', server: plain, crowd: bare, emit: ofPeer(plain, 'emitJoined') },
  ]
}

const startPeer = async (script: string, run: BenchRun): Promise<Pinned<number>> =>
  Pinned.start<number>({ core: serverCore, nodeArgs, script: await peerScript('sockets', script, run.say) })

async function startOurs(count: number, run: BenchRun, cleanup: Cleanup): Promise<Broadcaster> {
  const { gateway, crowd, emit } = await startFollowed(count, run, cleanup)
  return { name: 'ours', kind: 'ours', server: gateway, crowd, emit }
}

/** Our gateway over a fake of our subgraphs, and followers of one conversation, each a user with a token. */
export async function startFollowed(
  count: number,
  run: BenchRun,
  cleanup: Cleanup,
  env: Record<string, string> = {},
): Promise<{ gateway: GatewayProcess; crowd: Crowd; emit: Broadcaster['emit'] }> {
  const source = cleanup.add(
    await Pinned.start<{ urls: Record<string, string>; conversation: string }>({
      core: loadCore,
      script: join(import.meta.dirname, 'fakes', 'chat-subgraphs.main.ts'),
    }),
  )
  const { urls, conversation } = source.ready
  const gateway = cleanup.add(await GatewayProcess.start({ subgraphUrls: urls, env, signal: run.signal }))
  const headers = await gateway.headers(count)
  const payload = timelinePayload(conversation, 0, 'id')
  // As the web client: an id that no other follower has.
  const subscribe = headers.map(() => subscribeMessage(payload, randomUUID()))
  const crowd = cleanup.add(await Crowd.gather({ ...following(gateway.port, payload), subscribe, headers }))
  return { gateway, crowd, emit: (events) => source.call('emit', events) }
}

/** `after` is where the log ends when they join, so that nobody has to catch up. */
function following(port: number, payload: object): Omit<Connecting, 'headers'> {
  const place: Place = { port, path: '/graphql', protocol: 'graphql-transport-ws' }
  return { place, subscribe: [subscribeMessage(payload)], readyOn: 'message' }
}

async function measureCount(
  count: number,
  broadcasters: readonly Broadcaster[],
  rows: Map<string, Row & { values: number[] }>,
  run: BenchRun,
  notes: Notes,
): Promise<void> {
  const lost = new Set<Broadcaster>()
  /** A peer that loses followers is named, and measured no more with so many; ours may lose none. */
  const unlessLost = async (broadcaster: Broadcaster, burst: number, windowMs: number): Promise<number | null> => {
    run.signal.throwIfAborted()
    if (lost.has(broadcaster)) return null
    try {
      return await measure(broadcaster, count, burst, windowMs)
    } catch (error) {
      if (broadcaster.kind === 'ours') throw error
      lost.add(broadcaster)
      const [why = ''] = String(error).split('\n')
      notes.push(`${broadcaster.name} at ${count} followers, ${burst} at once, was given up: ${why}`)
      return null
    }
  }
  for (const broadcaster of broadcasters) for (const burst of bursts) await unlessLost(broadcaster, burst, run.warmupMs)
  for (let round = 0; round < run.rounds; round += 1) {
    for (const burst of bursts) {
      for (const broadcaster of broadcasters) {
        const value = await unlessLost(broadcaster, burst, run.windowMs)
        if (value === null) continue
        const key = `${count}/${burst}/${broadcaster.name}`
        const row = rows.get(key) ?? { name: broadcaster.name, kind: broadcaster.kind, values: [] }
        rows.set(key, row)
        row.values.push(value)
        run.say(`${count} followers, ${burst} at once, ${broadcaster.name}: ${Math.round(value)} per CPU-second`)
      }
    }
  }
}

/** The next events come only when all have received the last. */
const step = ({ crowd, emit }: Broadcaster, burst: number): Promise<void> => crowd.receive(burst, emit, stepMs)

/** Steps of 10 ms are too coarse for less CPU time than this. */
const enoughCpuSeconds = 0.3

async function measure(broadcaster: Broadcaster, count: number, burst: number, windowMs: number): Promise<number> {
  const { server } = broadcaster
  const [started, before] = [performance.now(), server.cpuSeconds]
  let deliveries = 0
  do {
    await step(broadcaster, burst)
    deliveries += count * burst
  } while (performance.now() - started < windowMs || server.cpuSeconds - before < enoughCpuSeconds)
  return deliveries / (server.cpuSeconds - before)
}

function figuresOf(rows: ReadonlyMap<string, Row>, asked: readonly number[]): readonly Figure[] {
  return asked.flatMap((count) =>
    bursts.map((burst) => ({
      title: `fan-out to ${count} followers, ${burst === 1 ? 'one at a time' : `in bursts of ${burst}`}`,
      unit: 'deliveries per CPU-second',
      better: 'more' as const,
      rows: [...rows].filter(([key]) => key.startsWith(`${count}/${burst}/`)).map(([, row]) => row),
      goals: [{ than: 'bare ws', atLeast: burst === 1 ? 1 : 4 }],
    })),
  )
}
