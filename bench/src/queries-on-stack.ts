import { send, signUpAll, startGroup, upTo } from '@parley/e2e/chat'
import { testStack } from '@parley/e2e/test-stack'
import type { Stack } from '@parley/launcher/stack'
import { subgraphs } from '@parley/launcher/workspace'
import type { Client } from '@parley/testing/client'
import { cleaningUp } from './bench.ts'
import type { BenchRun, Cleanup, Notes } from './bench.ts'
import { pin } from './cores.ts'
import { startPeers, versions } from './gateways.ts'
import { nodeArgs, peerScript } from './peers.ts'
import { cpuSecondsWithChildren, loadCore, Pinned, serverCore } from './processes/pinned.ts'
import { measureQuestion } from './question.ts'
import type { Answering, Behind, Question } from './question.ts'
import type { Figure } from './report/figure.ts'
import { realSupergraph } from './supergraphs.ts'
import { webDocument } from './web-documents.ts'

/** Who is in the installation: each person is in all conversations, of which some are long. */
const people = 12
const conversations = 61
const longOnes = 6
const lines = 250

/** The web client's own operations on the real stack. */
export async function realStackQuestions(
  isAsked: (question: { name: string }) => boolean,
  run: BenchRun,
  notes: Notes,
): Promise<readonly Figure[]> {
  if (!['history', 'conversations'].some((name) => isAsked({ name }))) return []
  return cleaningUp(async (cleanup) => {
    const stack = cleanup.add(
      await testStack({ onProgress: run.say, signal: run.signal, env: { ACCESS_TOKEN_SECONDS: '3600' } }),
    )
    pinStack(stack)
    const { clients, ids } = await populate(stack.urls[0] ?? '', run)
    const servers = await startServers(stack, clients, run, cleanup, notes)
    const drivers = await startDrivers(stack, clients, run, cleanup).catch((error: unknown) => {
      notes.push(`The drivers alone did not start: ${String(error)}`)
      return null
    })
    notes.push(`On the same subgraphs: ${versions()}`)
    const figures: Figure[] = []
    const serversFor = ({ name }: Question) =>
      name === 'history' && drivers !== null ? [...servers, drivers] : servers
    const [anyone] = clients
    const cursors = anyone === undefined ? [] : await cursorsOf(anyone)
    for (const question of [history(ids), list(50, cursors)].filter(isAsked)) {
      figures.push(...(await measureQuestion(question, serversFor(question), behindOf(stack), run, cleanup, notes)))
    }
    return figures
  })
}

/** The gateway alone on its core, everything else on the other. */
export function pinStack(stack: Stack): void {
  pin(process.pid, loadCore)
  for (const { identity, label } of stack.services) {
    if (identity !== null) pin(identity.pid, label.startsWith('gateway') ? serverCore : loadCore)
  }
  for (const pid of Object.values(stack.engines.pids).flat()) pin(pid, loadCore)
}

const byHand = [{ than: 'join by hand', atLeast: 1 }]

function history(ids: readonly string[]): Question {
  const { id, body } = webDocument('History')
  const before = Array.from({ length: lines - 50 }, (_, index) => 51 + index)
  const long = ids.slice(0, longOnes)
  return {
    name: 'history',
    title: 'history of 50 with authors',
    operationName: 'History',
    query: body,
    id,
    variables: before.flatMap((line) => long.map((conversationId) => ({ conversationId, before: line, last: 50 }))),
    goals: byHand,
  }
}

function list(first: number, cursors: readonly (string | null)[]): Question {
  const { id, body } = webDocument('Conversations')
  return {
    name: 'conversations',
    title: `list of ${first} conversations with last message and members`,
    operationName: 'Conversations',
    query: body,
    id,
    variables: cursors.map((after) => ({ first, after })),
    goals: byHand,
  }
}

interface Listed {
  readonly conversations: { readonly edges: readonly { readonly cursor: string }[] }
}

/** From the beginning and after each of the first conversations: pages that differ, all of them full. */
async function cursorsOf(client: Client): Promise<readonly (string | null)[]> {
  const query = 'query ($first: Int!) { conversations(first: $first) { edges { cursor } } }'
  const { conversations: listed } = await client.must<Listed>(query, { first: conversations - 50 })
  return [null, ...listed.edges.map(({ cursor }) => cursor)]
}

async function populate(url: string, run: BenchRun): Promise<{ clients: readonly Client[]; ids: readonly string[] }> {
  run.say(`${people} people in ${conversations} conversations, ${longOnes} of them with ${lines} messages`)
  const clients = await signUpAll(
    url,
    upTo(people).map((index) => `person${index}`),
  )
  const [owner, ...others] = clients
  if (owner === undefined) throw new Error('Nobody')
  const ids: string[] = []
  for (const index of upTo(conversations)) {
    run.signal.throwIfAborted()
    const id = await startGroup(owner, others, `Conversation ${index}`)
    ids.push(id)
    const count = index <= longOnes ? lines : 1
    await Promise.all(
      clients.map(async (client, person) => {
        for (let line = person; line < count; line += clients.length) {
          await send(
            client,
            id,
            `Message ${line} of ${index}: as long as people write when they have something to say.`,
          )
        }
      }),
    )
  }
  return { clients, ids }
}

async function startServers(
  stack: Stack,
  clients: readonly Client[],
  run: BenchRun,
  cleanup: Cleanup,
  notes: Notes,
): Promise<readonly Answering[]> {
  const gateway = stack.service('gateway')
  const pid = gateway.identity?.pid ?? 0
  const urls = Object.fromEntries(subgraphs.map((name) => [name, `${stack.service(name).url}/graphql`]))
  const cookies = clients.map((client) => ({ cookie: client.cookieHeader, origin: client.url }))
  const peers = await startPeers(
    { supergraph: realSupergraph(urls), urls, isByHand: true, isFederation1: false },
    run,
    cleanup,
    notes,
  )
  const server = {
    get cpuSeconds() {
      return cpuSecondsWithChildren([pid])
    },
  }
  const port = gateway.options.port
  return [
    { name: 'ours', kind: 'ours', port, path: '/graphql', server, headers: cookies },
    ...peers.map((peer) => ({ ...peer, headers: bearers(clients) })),
  ]
}

/** The page of history without GraphQL and subgraphs: the whole stack's limit on the same engines. */
async function startDrivers(
  stack: Stack,
  clients: readonly Client[],
  run: BenchRun,
  cleanup: Cleanup,
): Promise<Answering> {
  const { mongoUrl, postgresUrl } = stack.engines.addresses
  const script = await peerScript('drivers', 'drivers.mjs', run.say)
  const addresses = { mongoUrl, mongoDatabase: 'parley_message', postgresUrl: `${postgresUrl}/parley_user` }
  const args = [JSON.stringify(addresses)]
  const server = cleanup.add(
    await Pinned.start<{ port: number; path: string }>({ core: serverCore, nodeArgs, script, args }),
  )
  return { name: 'drivers alone', kind: 'limit', ...server.ready, server, headers: bearers(clients) }
}

const bearers = (clients: readonly Client[]): readonly Record<string, string>[] =>
  clients.map((client) => ({ authorization: `Bearer ${client.cookies.get('parley_access') ?? ''}` }))

const behindOf = (stack: Stack): readonly Behind[] => [
  ...subgraphs.map((name) => ({
    name,
    isStack: true,
    cpuSeconds: () => cpuSecondsWithChildren([stack.service(name).identity?.pid ?? 0]),
  })),
  ...Object.entries(stack.engines.pids)
    .filter(([, pids]) => pids.length > 0)
    .map(([name, pids]) => ({ name, isStack: false, cpuSeconds: () => cpuSecondsWithChildren(pids) })),
]
