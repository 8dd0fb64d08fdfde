import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentile, table } from '@parley/e2e/chaos/scenario'
import { testStack } from '@parley/e2e/test-stack'
import { demoAccount, seedLargeDemo } from '@parley/launcher/demo/seed'
import { root } from '@parley/launcher/workspace'
import { Client } from '@parley/testing/client'
import { Kind, parse, print } from 'graphql'
import type { DefinitionNode } from 'graphql'
import type { Bench, BenchRun } from './bench.ts'

const goalMs = 300
const times = 40

/**
 * Every page of the web client on a large installation: its real operations, as the demo user, who is in 500
 * conversations.
 */
export const largePages: Bench = {
  name: 'large-pages',
  promise: `With 300,000 messages every operation of the web client answers within ${goalMs} ms (p95).`,
  async run(run) {
    const stack = await testStack({ onProgress: run.say, signal: run.signal, env: { ACCESS_TOKEN_SECONDS: '3600' } })
    try {
      await seedLargeDemo(stack, mkdtempSync(join(tmpdir(), 'parley-large-')), run.say)
      return await measure(stack.urls[0] ?? '', run)
    } finally {
      await stack.stop()
    }
  },
}

type Variables = Record<string, unknown>

/** The variables of the web client's operations, by name; each call of a function gives another page. */
async function requests(client: Client): Promise<Record<string, (turn: number) => Variables>> {
  const ids = await conversationIds(client)
  const id = (turn: number) => ids[(turn * 7) % ids.length]
  const earlier = await inboxCursor(client)
  return {
    Viewer: () => ({}),
    Conversations: (turn) => ({ first: 25, after: ids.cursors[turn % ids.cursors.length] }),
    ConversationById: (turn) => ({ id: id(turn) }),
    History: (turn) => ({ conversationId: id(turn), last: 50, before: turn % 3 === 0 ? 40 : null }),
    FindUsers: (turn) => ({ query: ['a', 'ma', 'demo', 'Tana', 'kofi z'][turn % 5], first: 10 }),
    SendMessage: (turn) => ({
      input: { conversationId: id(turn), clientId: crypto.randomUUID(), text: `Number ${turn}` },
    }),
    MarkRead: (turn) => ({ input: { conversationId: id(turn), line: 2 } }),
    // Every other one resumes from the messages written and read above.
    Inbox: (turn) => ({ after: turn % 2 === 0 ? null : earlier }),
    Timeline: (turn) => ({ conversationId: id(turn), after: 0 }),
  }
}

async function inboxCursor(client: Client): Promise<string> {
  const inbox = client.subscribe<{ inbox: { cursor: string } }>('subscription { inbox(after: null) { cursor } }')
  const { data, errors } = await inbox.next()
  inbox.close()
  if (!data) throw new Error(JSON.stringify(errors))
  return data.inbox.cursor
}

type Ids = string[] & { readonly cursors: (string | null)[] }

interface Page {
  readonly conversations: {
    readonly edges: { readonly node: { readonly id: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

async function conversationIds(client: Client): Promise<Ids> {
  const ids: string[] = []
  const cursors: (string | null)[] = [null]
  for (;;) {
    const { conversations } = await client.must<Page>(
      'query ($after: String) { conversations(first: 25, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
      { after: cursors.at(-1) },
    )
    ids.push(...conversations.edges.map(({ node }) => node.id))
    if (!conversations.pageInfo.hasNextPage) return Object.assign(ids, { cursors })
    cursors.push(conversations.pageInfo.endCursor)
  }
}

async function measure(url: string, run: BenchRun): Promise<readonly string[]> {
  const client = new Client(url)
  await client.logIn(demoAccount.username, demoAccount.password)
  const documents = webOperations()
  const rows: string[][] = []
  const missed: string[] = []
  for (const [name, variables] of Object.entries(await requests(client))) {
    if (run.only.length > 0 && !run.only.includes(name)) continue
    run.signal.throwIfAborted()
    const query = documents.get(name)
    if (query === undefined) throw new Error(`The web client has no operation ${name}`)
    const { first, waits } = await time(client, query, variables)
    const [p50, p95] = [percentile(waits, 0.5), percentile(waits, 0.95)]
    rows.push([name, ...[first, p50, p95].map((ms) => ms.toFixed(0))])
    run.say(rows.at(-1)?.join('  ') ?? '')
    if (p95 > goalMs) missed.push(`${name} took ${p95.toFixed(0)} ms at p95, and ${goalMs} ms is the goal`)
  }
  run.say(table(['operation', 'first, ms', 'p50, ms', 'p95, ms'], rows))
  return missed
}

/** The first answer is reported separately: it includes planning the document and cold caches. */
async function time(client: Client, query: string, variables: (turn: number) => Variables) {
  const waits: number[] = []
  for (let turn = 0; turn <= times; turn += 1) {
    const started = performance.now()
    await answer(client, query, variables(turn))
    waits.push(performance.now() - started)
  }
  const [first = 0] = waits.splice(0, 1)
  return { first, waits }
}

/** Of a stream the first frame, for which its page waits. */
async function answer(client: Client, query: string, variables: Variables): Promise<void> {
  if (!query.startsWith('subscription')) {
    await client.must(query, variables)
    return
  }
  const stream = client.subscribe(query, variables)
  const { errors } = await stream.next()
  stream.close()
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
}

/** Each operation of web/ with all fragments. */
function webOperations(): Map<string, string> {
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.graphql') && !file.includes('node_modules'),
  )
  const definitions = files.flatMap((file) => parse(readFileSync(join(root, 'web', file), 'utf8')).definitions)
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.name !== undefined
        ? [[definition.name.value, documentOf(definition, fragments)] as const]
        : [],
    ),
  )
}

/** An operation with only the fragments that it uses: unused ones are refused. */
function documentOf(operation: DefinitionNode, fragments: readonly DefinitionNode[]): string {
  const used: DefinitionNode[] = [operation]
  for (const definition of used) {
    for (const fragment of fragments) {
      const name = 'name' in fragment ? fragment.name?.value : undefined
      const spread = new RegExp(String.raw`\.\.\.${name}\b`)
      if (!used.includes(fragment) && spread.test(print(definition))) used.push(fragment)
    }
  }
  return used.map(print).join('\n')
}
