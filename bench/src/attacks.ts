import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { lightPost } from '@parley/e2e/chaos/light-post'
import { WebSocket } from 'ws'

/** The target of an attack, and the session it uses. */
export interface Target {
  readonly url: string
  /** Of a session; attacks without one leave it out. */
  readonly cookie: string
  readonly milliseconds: number
  /** The process of the gateway. */
  readonly pid: number
}

/** How often each outcome occurred: a code of the API, `answered`, or an error of the connection. */
export type Outcomes = Record<string, number>

export interface Attack {
  readonly name: string
  /** The description for the report: what one attacker does, and at which rate. */
  readonly what: string
  /** Not an attack but a planted fault that the bench must detect; runs only when it is named. */
  readonly isPlanted?: true
  readonly run: (target: Target) => Promise<Outcomes>
}

/** Every attack has a bounded rate: the bench measures the gateway and not which side gets more of two cores. */
export const attacks: readonly Attack[] = [
  {
    name: 'new documents',
    what: 'one session, 8 at once, up to 300/s small documents never seen before',
    run: (target) =>
      inTurn(target, { perSecond: 300, atOnce: 8 }, (index) =>
        post(target, `query New${stamp()}x${index} { viewer { id username f${index}: displayName } }`, target.cookie),
      ),
  },
  {
    name: 'refused documents',
    what: 'not signed in, 8 at once, up to 400/s of one document of 7 KB and 1,240 fields',
    run: (target) => inTurn(target, { perSecond: 400, atOnce: 8 }, () => post(target, refused, '')),
  },
  {
    name: 'subscribe and complete',
    what: 'one session, 10/s different subscriptions of 1,200 fields, completed at once',
    run: (target) => subscribeAndComplete(target),
  },
  { name: 'pings', what: 'one session, 2,000/s pings on one socket', run: (target) => pings(target) },
  {
    name: 'fat lists',
    what: 'one session, 2 at once, up to 4/s of a query of 250 characters for all conversations with all in them',
    run: (target) => inTurn(target, { perSecond: 4, atOnce: 2 }, () => post(target, fat, target.cookie)),
  },
  {
    name: 'largest lists',
    what: 'one session, 2 at once, up to 20/s of the largest list that one operation may ask for',
    run: (target) => inTurn(target, { perSecond: 20, atOnce: 2 }, () => post(target, largest, target.cookie)),
  },
  {
    name: 'planted stalls',
    what: 'no attack: the gateway is stopped for 60 ms each second, which must be flagged',
    isPlanted: true,
    run: (target) => inTurn(target, { perSecond: 1, atOnce: 1 }, () => standStill(target.pid, 60)),
  },
]

const refused = `{ conversation(id: "00000000-0000-7000-8000-000000000000") { ${'title '.repeat(1_240)}} }`
const fat =
  '{ conversations(first: 50) { edges { node { title members { user { username displayName } } history(last: 100) { events { seq at actor { username displayName } ... on MessageSent { message { text author { username displayName } } } } } } } } }'

/** Within the limit of one operation, and far beyond what a session may ask for in a second. */
const largest =
  '{ conversations(first: 50) { edges { node { title members { role user { username displayName } } lastMessage { text } } } } }'

let stamps = 0
/** Unique also over two runs against one gateway. */
const stamp = (): string => `${Date.now()}s${(stamps += 1)}`

/** Calls `work` with 0, 1, 2, …, with a bounded rate and concurrency, until the time is over. */
async function inTurn(
  { milliseconds }: Target,
  { perSecond, atOnce }: { perSecond: number; atOnce: number },
  work: (index: number) => Promise<string>,
): Promise<Outcomes> {
  const outcomes: Outcomes = {}
  const started = performance.now()
  let next = 0
  const worker = async () => {
    for (;;) {
      const index = next
      next += 1
      const due = started + (index * 1_000) / perSecond
      if (due > started + milliseconds || performance.now() > started + milliseconds) return
      await pause(Math.max(0, due - performance.now()))
      count(outcomes, await work(index).catch(() => 'connection lost'))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return outcomes
}

async function standStill(pid: number, milliseconds: number): Promise<string> {
  process.kill(pid, 'SIGSTOP')
  try {
    await pause(milliseconds)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  return 'stopped'
}

const agent = new Agent({ keepAlive: true })

async function post({ url }: Target, query: string, cookie: string): Promise<string> {
  const answer = await lightPost({ url, cookie, body: JSON.stringify({ query }), agent, patienceMs: 60_000 })
  const code = /"code":"(\w+)"/.exec(answer.slice(-400))?.[1]
  return answer.startsWith('{"data"') || code === undefined ? 'answered' : code
}

async function subscribeAndComplete(target: Target): Promise<Outcomes> {
  const outcomes: Outcomes = {}
  const socket = await open(target, outcomes)
  const run = stamp()
  await everyMs(100, target.milliseconds, (index) => {
    const query = `subscription Sub${run}x${index} { inbox { unreadCount entries { conversation { ${'title '.repeat(1_196)}} } } }`
    send(socket, outcomes, 'sent', { id: `${run}-${index}`, type: 'subscribe', payload: { query } })
    send(socket, outcomes, 'completed', { id: `${run}-${index}`, type: 'complete' })
  })
  socket.close(1000)
  return outcomes
}

async function pings(target: Target): Promise<Outcomes> {
  const outcomes: Outcomes = {}
  const socket = await open(target, outcomes)
  await everyMs(25, target.milliseconds, () => {
    for (let index = 0; index < 50; index += 1) send(socket, outcomes, 'sent', { type: 'ping' })
  })
  socket.close(1000)
  return outcomes
}

async function open({ url, cookie }: Target, outcomes: Outcomes): Promise<WebSocket> {
  const headers = { cookie, origin: url }
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', { headers })
  socket.on('error', () => undefined)
  socket.on('close', (code) => count(outcomes, `closed ${code}`))
  const acknowledged = new Promise<void>((resolve, reject) => {
    socket.on('close', () => reject(new Error('closed before it was acknowledged')))
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(String(data)) as { type: string; payload?: unknown }
      if (type === 'connection_ack') resolve()
      else count(outcomes, type === 'error' ? codeIn(payload) : type)
    })
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })))
  })
  await acknowledged
  return socket
}

const codeIn = (payload: unknown): string => /"code":"(\w+)"/.exec(JSON.stringify(payload))?.[1] ?? 'error'

function send(socket: WebSocket, outcomes: Outcomes, outcome: string, message: object): void {
  if (socket.readyState !== WebSocket.OPEN) return
  socket.send(JSON.stringify(message))
  count(outcomes, outcome)
}

async function everyMs(interval: number, milliseconds: number, work: (index: number) => void): Promise<void> {
  const started = performance.now()
  for (let index = 0; index * interval < milliseconds; index += 1) {
    await pause(Math.max(0, started + index * interval - performance.now()))
    work(index)
  }
}

function count(outcomes: Outcomes, outcome: string): void {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
}
