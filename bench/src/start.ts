import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '@parley/launcher/workspace'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import { smallJoinQuery } from './fakes/shop.ts'
import { startFollowed } from './fan-out.ts'
import { GatewayProcess } from './gateway-process.ts'
import { startPeers } from './gateways.ts'
import { loadCore, Pinned } from './processes/pinned.ts'
import type { Figure, Row } from './report/figure.ts'
import { conclude } from './report/result.ts'
import { realSupergraph, shopSupergraph, temporaryFolder } from './supergraphs.ts'
import { webDocument } from './web-documents.ts'

const followers = 1_000
const patienceMs = 60_000
/** New documents of one caller are limited, so there are few of them. */
const newDocuments = 30

export const start: Bench = {
  name: 'start',
  promise: 'A gateway answers within a second of its start, and takes a new supergraph without closing a stream.',
  defaults: { window: 4, rounds: 3 },
  async run(run) {
    const isAsked = (name: string) => run.only.length === 0 || run.only.includes(name)
    const notes = new Notes(run.say)
    const figures: Figure[] = []
    if (isAsked('start')) figures.push(await firstAnswers(run, notes))
    if (isAsked('reload')) figures.push(...(await cleaningUp((cleanup) => reload(run, cleanup))))
    if (isAsked('growth')) figures.push(...(await growth(run)))
    return conclude('start', run, figures, notes.all)
  },
}

const fakes = (script: string, cleanup: Cleanup, args: readonly string[] = []) =>
  Pinned.start<never>({ core: loadCore, script: join(import.meta.dirname, 'fakes', script), args }).then((fake) =>
    cleanup.add(fake),
  )

/** Of a federated query, from the moment that the process was created. */
async function firstAnswers(run: BenchRun, notes: Notes): Promise<Figure> {
  const values = new Map<string, { kind: Row['kind']; values: number[] }>()
  const note = (name: string, kind: Row['kind'], ms: number) => {
    const row = values.get(name) ?? { kind, values: [] }
    values.set(name, row)
    row.values.push(ms)
    run.say(`${name}: first answer after ${ms.toFixed(0)} ms`)
  }
  for (let round = 0; round < run.rounds; round += 1) {
    await cleaningUp(async (cleanup) => {
      const { urls } = (await fakes('chat-subgraphs.main.ts', cleanup)).ready as { urls: Record<string, string> }
      const gateway = cleanup.add(await GatewayProcess.spawn({ subgraphUrls: urls, signal: run.signal }))
      const cookie = `parley_access=${await gateway.owner.token()}`
      await untilAnswered(`${gateway.url}/graphql`, { cookie, origin: gateway.url }, run)
      note('ours', 'ours', performance.now() - gateway.startedAt)
      const peer = async (only: 'apollo' | 'hive', name: string) => {
        const [started] = await startPeers(
          { supergraph: realSupergraph(urls), urls, isByHand: false, isFederation1: false, only },
          run,
          cleanup,
          notes,
        )
        if (started === undefined) return
        await untilAnswered(`http://127.0.0.1:${started.port}${started.path}`, {}, run)
        note(name, 'peer', performance.now() - started.startedAt)
      }
      await peer('apollo', '@apollo/gateway')
      await peer('hive', '@graphql-hive/gateway')
    })
  }
  const rows = [...values].map(([name, row]) => ({ name, ...row }))
  const title = 'start of the process to the first federated answer'
  return { title, unit: 'ms', better: 'less', rows, goals: [{ atMost: 1_000 }] }
}

async function untilAnswered(url: string, headers: Record<string, string>, run: BenchRun): Promise<void> {
  const { body: query } = webDocument('History')
  const variables = { conversationId: 'any', before: null, last: 50 }
  const body = JSON.stringify({ operationName: 'History', query, variables })
  const deadline = performance.now() + patienceMs
  let last = 'no answer'
  while (performance.now() < deadline) {
    run.signal.throwIfAborted()
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      last = await answer.text()
      if (last.startsWith('{"data":{"timeline":{')) return
    } catch {
      last = 'no connection'
    }
    await pause(5)
  }
  throw new Error(`${url} did not answer: ${last.slice(0, 300)}`)
}

/** A new supergraph is taken while followers are connected, and the next event reaches all of them. */
async function reload(run: BenchRun, cleanup: Cleanup): Promise<readonly Figure[]> {
  const [count = followers] = run.clients
  const file = join(temporaryFolder(cleanup), 'supergraph.graphql')
  const sdl = readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8')
  writeFileSync(file, sdl)
  const { gateway, crowd, emit } = await startFollowed(count, run, cleanup, { SUPERGRAPH_PATH: file })
  const taken: number[] = []
  for (let round = 1; round <= run.rounds; round += 1) {
    const marker = `Reload${round}`
    const before = performance.now()
    writeFileSync(file, `${sdl}\nscalar ${marker}\n  @join__type(graph: USER)\n`)
    await untilServed(gateway, marker, run)
    taken.push(performance.now() - before)
    await crowd.receive(1, emit, patienceMs)
  }
  const closed = (await crowd.closings()).length
  run.say(`${run.rounds} reloads with ${count} streams: ${closed} were closed`)
  return [
    {
      title: `reload with ${count} streams, streams closed`,
      unit: 'streams',
      better: 'less',
      rows: [{ name: 'ours', kind: 'ours', values: [closed] }],
      goals: [{ atMost: 0 }],
    },
    {
      title: `reload with ${count} streams, until the new schema is served`,
      unit: 'ms',
      better: 'less',
      rows: [{ name: 'ours', kind: 'ours', values: taken }],
    },
  ]
}

async function untilServed(gateway: GatewayProcess, type: string, run: BenchRun): Promise<void> {
  const deadline = performance.now() + patienceMs
  const headers = { 'content-type': 'application/json', origin: gateway.url }
  const body = JSON.stringify({
    query: 'query ($name: String!) { __type(name: $name) { name } }',
    variables: { name: type },
  })
  while (performance.now() < deadline) {
    run.signal.throwIfAborted()
    const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
    if ((await answer.text()).includes(`"name":"${type}"`)) return
    await pause(20)
  }
  throw new Error(`The new supergraph was not served within ${patienceMs} ms`)
}

/** The same query where the supergraph has eight subgraphs more, which it does not need. */
async function growth(run: BenchRun): Promise<readonly Figure[]> {
  const small = await cleaningUp((cleanup) => costs('small', run, cleanup))
  const grown = await cleaningUp((cleanup) => costs('grown', run, cleanup))
  const figure = (title: string, of: 'known' | 'unseen'): Figure => ({
    title,
    unit: 'CPU ms',
    better: 'less',
    rows: [
      { name: 'ours, 10 subgraphs', kind: 'ours', values: grown[of] },
      { name: 'ours, 2 subgraphs', kind: 'part', values: small[of] },
    ],
    goals: [{ than: 'ours, 2 subgraphs', atMost: 1.05 }],
  })
  return [
    figure('growth of the supergraph, a request', 'known'),
    figure('growth of the supergraph, a document that is new', 'unseen'),
  ]
}

async function costs(
  set: 'small' | 'grown',
  run: BenchRun,
  cleanup: Cleanup,
): Promise<{ known: number[]; unseen: number[] }> {
  const source = await fakes('shop-subgraphs.main.ts', cleanup, [set])
  const urls: Record<string, string> = source.ready
  const operation = { operationName: 'Offers', query: smallJoinQuery }
  const { env } = shopSupergraph(temporaryFolder(cleanup), set, urls, [operation])
  const gateway = cleanup.add(await GatewayProcess.start({ subgraphUrls: urls, env, signal: run.signal }))
  const script = join(import.meta.dirname, 'clients', 'requests.main.ts')
  const client = cleanup.add(await Pinned.start({ core: loadCore, script }))
  const load = {
    ...operation,
    variables: [{ turn: '%turn%' }],
    port: gateway.port,
    path: '/graphql',
    headers: [{ origin: gateway.url }],
    atOnce: 8,
  }
  await client.call('load', { load, windowMs: run.windowMs * 2 })
  const result = { known: [] as number[], unseen: [] as number[] }
  for (let round = 0; round < run.rounds; round += 1) {
    const before = gateway.cpuSeconds
    const { answered } = await client.call<{ answered: number }>('load', { load, windowMs: run.windowMs })
    result.known.push((1_000 * (gateway.cpuSeconds - before)) / answered)
    const middle = gateway.cpuSeconds
    for (let index = 0; index < newDocuments; index += 1) {
      const query = smallJoinQuery.replace('title', `title round${round}x${index}: title`)
      const answer = await client.call<string>('ask', { load: { ...load, query }, turn: index })
      if (!answer.includes('"data":')) throw new Error(answer.slice(0, 300))
    }
    result.unseen.push((1_000 * (gateway.cpuSeconds - middle)) / newDocuments)
    run.say(
      `${set}: ${result.known.at(-1)?.toFixed(2) ?? ''} ms a request, ${result.unseen.at(-1)?.toFixed(2) ?? ''} ms a new document`,
    )
  }
  return result
}
