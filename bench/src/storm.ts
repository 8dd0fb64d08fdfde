import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { percentile } from '@parley/e2e/chaos/scenario'
import { send } from '@parley/e2e/chat'
import { root } from '@parley/launcher/workspace'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import { timelinePayload } from './clients/payloads.ts'
import type { StormResult } from './clients/storm.main.ts'
import { nodeArgs, peerScript } from './peers.ts'
import { loadCore, Pinned, serverCore } from './processes/pinned.ts'
import type { Figure, Row } from './report/figure.ts'
import { conclude } from './report/result.ts'
import { startStackCrowd } from './stack-crowd.ts'

const counts = [1_000, 10_000]
const people = 20
/** The share of clients, and the goal in milliseconds for each number of clients. */
const shares = [0.5, 0.99]
const goals: Readonly<Record<number, number>> = { 1_000: 3_000, 10_000: 6_000 }

/** A server whose clients are cut off and come back for what they have missed. */
interface Stormed {
  readonly name: string
  readonly kind: Row['kind']
  readonly crowd: Pinned
  /** Makes one event while they are away, and resolves with the cursor before it. */
  readonly miss: () => Promise<number>
}

export const storm: Bench = {
  name: 'storm',
  promise: 'Clients that are cut off at once are live and caught up within seconds.',
  defaults: { rounds: 3 },
  async run(run) {
    const asked = run.clients.length > 0 ? run.clients : counts
    const notes = new Notes(run.say)
    notes.push(
      `Ours is the whole real stack: ${people} people with many clients each follow one conversation. The cut is a reset of every connection; all come back at once, and are live when they have the message that was sent meanwhile. graphql-ws keeps its events in memory and knows no users.`,
    )
    const figures: Figure[] = []
    for (const count of asked) {
      figures.push(...(await cleaningUp((cleanup) => stormOf(count, run, cleanup, notes))))
    }
    return conclude('storm', run, figures, notes.all)
  },
}

async function stormOf(count: number, run: BenchRun, cleanup: Cleanup, notes: Notes): Promise<readonly Figure[]> {
  const servers = [await startOurs(count, run, cleanup), await startStock(count, run, cleanup)]
  const rows = servers.map((server) => ({ server, results: [] as StormResult[] }))
  for (let round = 0; round < run.rounds; round += 1) {
    for (const { server, results } of rows) {
      run.signal.throwIfAborted()
      await server.crowd.call('cut')
      const after = await server.miss()
      const result = await server.crowd.call<StormResult>('comeBack', { after })
      results.push(result)
      const [half, most] = shares.map((share) => percentile(result.milliseconds, share).toFixed(0))
      run.say(
        `${count} clients, ${server.name}: half after ${half} ms, 99 % after ${most} ms, ${result.errors.length} errors`,
      )
      const refused = Object.entries(result.refusals).map(([why, times]) => `${times} × ${why}`)
      if (refused.length > 0) notes.push(`${server.name} at ${count}: first refused ${refused.join(', ')}`)
      for (const error of new Set(result.errors)) notes.push(`${server.name} at ${count}: ${error}`)
    }
  }
  const rowsOf = (value: (result: StormResult) => number): Row[] =>
    rows.map(({ server: { name, kind }, results }) => ({ name, kind, values: results.map(value) }))
  const goal = goals[count]
  return [
    ...shares.map((share) => ({
      title: `${count} clients cut off at once, ${100 * share} % live and caught up`,
      unit: 'ms',
      better: 'less' as const,
      rows: rowsOf(({ milliseconds }) => percentile(milliseconds, share)),
      goals: share === 0.99 && goal !== undefined ? [{ atMost: goal }] : [],
    })),
    {
      title: `${count} clients cut off at once, errors`,
      unit: 'clients',
      better: 'less' as const,
      rows: rowsOf(({ errors }) => errors.length),
      goals: [{ atMost: 0 }],
    },
  ]
}

const startCrowd = async (cleanup: Cleanup): Promise<Pinned> =>
  cleanup.add(await Pinned.start({ core: loadCore, script: join(import.meta.dirname, 'clients', 'storm.main.ts') }))

const placeOf = (port: number) => ({ port, path: '/graphql', protocol: 'graphql-transport-ws' })

async function startOurs(count: number, run: BenchRun, cleanup: Cleanup): Promise<Stormed> {
  const { port, clients, conversations, headers, heads } = await startStackCrowd(run, cleanup, {
    people,
    conversations: 1,
  })
  const [sender] = clients
  const [id] = conversations
  if (sender === undefined || id === undefined) throw new Error('Nobody to send')
  let head = heads[0] ?? 0
  const crowd = await startCrowd(cleanup)
  const payload = timelinePayload(id, head, 'id')
  await crowd.call('gather', { place: placeOf(port), headers, count, payload, after: head })
  const miss = async () => {
    const before = head
    head = (await send(sender, id, 'Sent while all were away')).seq
    return before
  }
  return { name: 'ours', kind: 'ours', crowd, miss }
}

/** One event as our gateway sends it, for a server that has no data of its own. */
const sampleFrame = {
  payload: {
    data: {
      timeline: {
        headSeq: 1,
        events: [
          {
            __typename: 'MessageSent',
            seq: 1,
            line: 1,
            at: '2026-01-01T00:00:00.000Z',
            actorId: 'u1',
            actor: { __typename: 'User', id: 'u1', username: 'u1', displayName: 'One' },
            message: {
              __typename: 'Message',
              id: 'm1',
              line: 1,
              version: 1,
              clientId: 'c1',
              text: 'Hello',
              editedAt: null,
            },
          },
        ],
        __typename: 'TimelineFrame',
      },
    },
  },
}

export async function startStockServer(run: BenchRun, cleanup: Cleanup): Promise<Pinned<number>> {
  const script = await peerScript('sockets', 'graphql-ws.mjs', run.say)
  const stock = cleanup.add(await Pinned.start<number>({ core: serverCore, nodeArgs, script }))
  const sdl = readFileSync(join(root, 'schema', 'api.graphql'), 'utf8')
  await stock.call('take', { sample: JSON.stringify(sampleFrame), sdl })
  return stock
}

async function startStock(count: number, run: BenchRun, cleanup: Cleanup): Promise<Stormed> {
  const stock = await startStockServer(run, cleanup)
  const crowd = await startCrowd(cleanup)
  let head = 1
  const payload = timelinePayload('any', head, 'text')
  await crowd.call('gather', { place: placeOf(stock.ready), headers: [''], count, payload, after: head })
  const miss = async () => {
    await stock.call('emit', 1)
    head += 1
    return head - 1
  }
  return { name: 'graphql-ws', kind: 'peer', crowd, miss }
}
