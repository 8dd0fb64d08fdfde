import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import { WebSocket } from 'ws'
import { queries, send, signUp, signUpAll, startGroup, upTo } from '../chat.ts'
import { testStack } from '../test-stack.ts'
import { observe } from './bystander-load.ts'
import type { Observed } from './bystander-load.ts'
import { isAsked, percentile, table } from './scenario.ts'
import type { Run, Scenario } from './scenario.ts'

const crowd = 400
const closedWithinMs = 10_000
const pace = { queriesPerSecond: 32, sendsPerSecond: 12 }
const measureMs = 8_000
/** One stall of the machine decides a 99th percentile of 8 s; the median of some decides the promise. */
const rounds = 3
/** Two pings of the gateway: the second one finds the first unanswered. */
const deafMs = 30_000
const goal = 1.5

export const slowPeers: Scenario = {
  name: 'slow-peers',
  promise:
    'Clients that never send, never finish or never read are closed in time, with a code, and delay no other client.',
  async run(run) {
    const stack = await testStack({
      trafficLimits: 'real',
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600' },
    })
    try {
      return await live(stack, run)
    } finally {
      await stack.stop()
    }
  },
}

interface Place {
  readonly url: string
  readonly port: number
  /** A member of a conversation whose history is larger than the network buffers for a client that does not read. */
  readonly person: Client
  /** More sessions of the same user. */
  readonly sessions: readonly Client[]
  readonly long: string
}

/** The end of each connection: how it was closed, or `still open`. */
type Ends = readonly string[]

interface Peers {
  readonly name: string
  /** Opens all of them and resolves when each has ended or its time is over. */
  readonly run: (place: Place) => Promise<Ends>
  /** Whether this is the correct end for such a client. */
  readonly isRight: (end: string) => boolean
}

const peers: readonly Peers[] = [
  {
    name: `${crowd} connections that never speak`,
    run: ({ port }) => Promise.all(upTo(crowd).map(() => rawPeer(port, ''))),
    isRight: (end) => end !== 'still open',
  },
  {
    name: `${crowd} bodies that never end`,
    run: ({ port }) => Promise.all(upTo(crowd).map(() => rawPeer(port, endlessBody(port)))),
    isRight: (end) => end !== 'still open',
  },
  {
    name: `${crowd} sockets that never speak`,
    run: (place) => Promise.all(upTo(crowd).map(() => socketPeer(place, () => undefined))),
    isRight: (end) => end === 'closed 4408',
  },
  {
    name: 'frames in binary',
    run: (place) =>
      Promise.all(upTo(20).map(() => socketPeer(place, (socket) => socket.send(Buffer.from([0, 1, 2, 255]))))),
    isRight: (end) => end.startsWith('closed 4') || end === 'closed 1003',
  },
  {
    name: '50 readers that read nothing',
    run: (place) => Promise.all(upTo(50).map((index) => deafReader(place, index))),
    isRight: (end) => end === 'closed 1013',
  },
  {
    name: '20000 pings',
    run: async (place) => [await pinger(place, 20_000)],
    isRight: (end) => end === 'closed 1008',
  },
]

async function live(stack: Stack, run: Run): Promise<readonly string[]> {
  const [url = ''] = stack.urls
  const people = await signUpAll(
    url,
    upTo(4).map((index) => `bystander${index}`),
  )
  const [first, ...others] = people
  if (first === undefined) throw new Error('No user has been signed up')
  const bystanders = { people, conversation: await startGroup(first, others, 'Bystanders') }
  const person = await signUp(url, 'peer')
  const long = await startGroup(person, [first], 'Long')
  for (const _ of upTo(120)) await send(person, long, '👋'.repeat(7_990))
  const sessions = [new Client(url), new Client(url)]
  for (const session of sessions) await session.logIn('peer', 'correct horse battery')
  const place: Place = { url, port: Number(new URL(url).port), person, sessions, long }
  await observe(bystanders, pace, 3_000, run.signal)
  const rows: string[][] = []
  const faults: string[] = []
  for (const { name, run: open, isRight } of peers.filter((one) => isAsked(run, one.name))) {
    run.signal.throwIfAborted()
    const ends: string[] = []
    const observed: { readonly alone: Observed; readonly beside: Observed }[] = []
    for (const _ of upTo(rounds)) {
      const alone = await observe(bystanders, pace, measureMs, run.signal)
      const [beside, ended] = await Promise.all([observe(bystanders, pace, measureMs, run.signal), open(place)])
      observed.push({ alone, beside })
      ends.push(...ended)
    }
    const ratios = [0.5, 0.99].map((share) => medianRatio(observed, share))
    const wrong = ends.filter((end) => !isRight(end))
    rows.push([name, countsOf(ends), ...ratios.map(({ shown }) => shown)])
    run.say(rows.at(-1)?.join('  ') ?? '')
    if (wrong.length > 0) faults.push(`${name}: ${countsOf(wrong)}`)
    faults.push(
      ...ratios.filter(({ ratio }) => ratio > goal).map(({ shown }) => `beside ${name}: ${shown}, goal ${goal}`),
    )
    const failures = observed.flatMap(({ alone, beside }) => [...alone.failures, ...beside.failures])
    faults.push(...new Set(failures.map((failure) => `beside ${name}: ${failure}`)))
  }
  run.say(`\n${table(['peers', 'ended', 'bystander p50, ms', 'p99, ms'], rows)}`)
  return faults
}

interface Compared {
  readonly ratio: number
  readonly shown: string
}

/** The round in the middle, by its ratio. */
function medianRatio(observed: readonly { readonly alone: Observed; readonly beside: Observed }[], share: number) {
  const compared = observed.map(({ alone, beside }): Compared => {
    const [before, after] = [percentile(alone.queries, share), percentile(beside.queries, share)]
    const ratio = after / before
    return { ratio, shown: `${before.toFixed(1)} → ${after.toFixed(1)} (${ratio.toFixed(2)})` }
  })
  const median = compared.toSorted((one, other) => one.ratio - other.ratio)[Math.floor(compared.length / 2)]
  if (median === undefined) throw new Error('Nothing was measured')
  return median
}

const countsOf = (ends: Ends): string =>
  [...Map.groupBy(ends, (end) => end)].map(([end, all]) => `${all.length} ${end}`).join(', ')

const endlessBody = (port: number): string =>
  `POST /graphql HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"query":"`

/** A TCP connection that sends these bytes and no more. */
async function rawPeer(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  let heard = ''
  socket.on('data', (data) => (heard += String(data)))
  await once(socket, 'connect')
  if (words !== '') socket.write(words)
  const end = await orLate(once(socket, 'close').then(() => /^HTTP\/1.1 (\d+)/.exec(heard)?.[1] ?? 'cut'))
  socket.destroy()
  return end
}

async function socketPeer(place: Place, speak: (socket: WebSocket) => void): Promise<string> {
  const socket = openSocket(place)
  const closed = closeOf(socket)
  socket.once('open', () => speak(socket))
  const end = await orLate(closed)
  socket.terminate()
  return end
}

function openSocket({ url, person }: Place): WebSocket {
  const cookie = person.cookieHeader
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { origin: url, cookie },
  })
  return socket.on('error', () => undefined)
}

const closeOf = (socket: WebSocket): Promise<string> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(`closed ${code}`)))

const orLate = (end: Promise<string>): Promise<string> =>
  Promise.race([end, pause(closedWithinMs, 'still open', { ref: false })])

/** Signed in, with streams of a long history; reads nothing until the gateway must have closed it. */
async function deafReader(place: Place, index: number): Promise<string> {
  // Started one by one: the test is about not reading, not about simultaneous requests.
  await pause(index * 150)
  // Sockets are limited per session, so several sessions are used.
  const session = place.sessions[index % place.sessions.length] ?? place.person
  const socket = openSocket({ ...place, person: session })
  const closed = closeOf(socket)
  if (!(await acknowledged(socket))) return `${await closed} at once`
  socket.pause()
  for (const stream of upTo(2)) {
    const payload = { query: queries.follow, variables: { id: place.long, after: 0 } }
    socket.send(JSON.stringify({ id: String(stream), type: 'subscribe', payload }))
  }
  await pause(deafMs)
  socket.resume()
  const end = await orLate(closed)
  socket.terminate()
  return end
}

async function pinger(place: Place, pings: number): Promise<string> {
  const socket = openSocket(place)
  const closed = closeOf(socket)
  if (!(await acknowledged(socket))) return `${await closed} at once`
  for (const _ of upTo(pings)) socket.send('{"type":"ping"}')
  const end = await orLate(closed)
  socket.terminate()
  return end
}

/** False when it is closed before. */
function acknowledged(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('open', () => socket.send('{"type":"connection_init"}'))
    socket.once('message', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
}
