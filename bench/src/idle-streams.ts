import { setTimeout as pause } from 'node:timers/promises'
import { cleaningUp } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import { Crowd } from './clients/crowd.ts'
import { subscribeMessage } from './clients/follower.ts'
import { timelinePayload } from './clients/payloads.ts'
import type { Connecting } from './clients/followers.main.ts'
import { nodeArgs, peerScript } from './peers.ts'
import { kibibytesWithChildren, Pinned, serverCore } from './processes/pinned.ts'
import type { Row } from './report/figure.ts'
import { conclude } from './report/result.ts'
import { startStackCrowd } from './stack-crowd.ts'
import { startStockServer } from './storm.ts'

const clients = 5_000
/** Connected before anything is measured, so that code and first pools are not counted. */
const first = 300
const people = 20
const conversations = 20

export const idleStreams: Bench = {
  name: 'idle-streams',
  promise: 'An idle stream costs at most 10 KB in gateway and subgraph together.',
  defaults: { rounds: 1, cooldown: 15 },
  async run(run) {
    const [count = clients] = run.clients
    const ours = await cleaningUp((cleanup) => measureOurs(count, run, cleanup))
    const bare = await cleaningUp((cleanup) => measureBare(count, run, cleanup))
    const stock = await cleaningUp((cleanup) => measureStock(count, run, cleanup))
    const rows: Row[] = [
      { name: 'ours, gateway and message subgraph', kind: 'ours', values: [ours.gateway + ours.message] },
      { name: 'of it the gateway', kind: 'part', values: [ours.gateway] },
      { name: 'of it the message subgraph', kind: 'part', values: [ours.message] },
      { name: 'graphql-ws', kind: 'peer', values: [stock] },
      { name: 'bare ws', kind: 'limit', values: [bare] },
    ]
    const title = `memory per idle stream, ${count} clients`
    return conclude(
      'idle-streams',
      run,
      [{ title, unit: 'KB', better: 'less', rows, goals: [{ atMost: 10 }] }],
      [
        `Each client has a socket and one timeline: ${people} people over ${conversations} conversations on the real stack. Resident memory (PSS) after ${run.cooldownMs / 1_000} s of rest, less that with ${first} clients. Once, because a process does not give memory back between rounds.`,
      ],
    )
  },
}

/** KB that each further client costs in each of the processes. */
async function growth<Names extends string>(
  connecting: (count: number) => Connecting,
  memory: () => Record<Names, number>,
  count: number,
  run: BenchRun,
  cleanup: Cleanup,
): Promise<Record<Names, number>> {
  cleanup.add(await Crowd.gather(connecting(first)))
  await pause(run.cooldownMs, undefined, { signal: run.signal })
  const before = memory()
  cleanup.add(await Crowd.gather(connecting(count)))
  await pause(run.cooldownMs, undefined, { signal: run.signal })
  const after = memory()
  const names = Object.keys(before) as Names[]
  const each = names.map((name) => [name, (after[name] - before[name]) / count] as const)
  run.say(each.map(([name, kilobytes]) => `${name}: ${kilobytes.toFixed(1)} KB per stream`).join(', '))
  return Object.fromEntries(each) as Record<Names, number>
}

async function measureOurs(
  count: number,
  run: BenchRun,
  cleanup: Cleanup,
): Promise<{ gateway: number; message: number }> {
  const crowd = await startStackCrowd(run, cleanup, { people, conversations })
  const pidOf = (name: 'gateway' | 'message') => crowd.stack.service(name).identity?.pid ?? 0
  const subscribe = crowd.conversations.map((id, index) =>
    subscribeMessage(timelinePayload(id, crowd.heads[index] ?? 0, 'id')),
  )
  const place = { port: crowd.port, path: '/graphql', protocol: 'graphql-transport-ws' }
  return growth(
    (many) => ({
      place,
      // Not in step with the conversations: each person follows all of them.
      headers: Array.from(
        { length: many },
        (_, index) => crowd.headers[Math.floor(index / conversations) % people] ?? '',
      ),
      subscribe,
      readyOn: 'message',
    }),
    () => ({
      gateway: kibibytesWithChildren([pidOf('gateway')]),
      message: kibibytesWithChildren([pidOf('message')]),
    }),
    count,
    run,
    cleanup,
  )
}

const nobody = (count: number): string[] => Array.from({ length: count }, () => '')

async function measureBare(count: number, run: BenchRun, cleanup: Cleanup): Promise<number> {
  const script = await peerScript('sockets', 'bare-ws.mjs', run.say)
  const server = cleanup.add(await Pinned.start<number>({ core: serverCore, nodeArgs, script }))
  const place = { port: server.ready, path: '/' }
  const connecting = (many: number): Connecting => ({ place, headers: nobody(many), readyOn: 'open' })
  return (await growth(connecting, () => ({ ws: server.kibibytes }), count, run, cleanup)).ws
}

async function measureStock(count: number, run: BenchRun, cleanup: Cleanup): Promise<number> {
  const server = await startStockServer(run, cleanup)
  const subscribe = [subscribeMessage(timelinePayload('any', 1, 'text'))]
  const place = { port: server.ready, path: '/graphql', protocol: 'graphql-transport-ws' }
  const connecting = (many: number): Connecting => ({ place, headers: nobody(many), subscribe, readyOn: 'message' })
  return (await growth(connecting, () => ({ stock: server.kibibytes }), count, run, cleanup)).stock
}
