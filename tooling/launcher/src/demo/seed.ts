import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlannedConversation, PlannedPerson } from '@parley/contracts/demo-plan'
import { importDemo } from '../migrate.ts'
import type { Stack } from '../stack.ts'
import { large, planConversations, planPeople } from './plan.ts'
import { planSmallPeople, planStories } from './small-plan.ts'
import { people } from './stories.ts'

/** Of everybody in a demo. */
export const password = 'parley-demo-2026'
export const demoAccount = { username: 'demo', password }

/** The plan of a demo: the same time gives the same one. */
export interface Demo {
  readonly name: string
  /** Who signs in to it first. */
  readonly username: string
  readonly people: (now: number) => readonly PlannedPerson[]
  readonly conversations: (people: readonly PlannedPerson[], now: number) => Iterable<PlannedConversation>
  /** How to sign in. */
  readonly as: string
}

const small: Demo = {
  name: 'small',
  username: 'mira',
  people: planSmallPeople,
  conversations: planStories,
  as: people.map(([username]) => username).join(', '),
}

const largeDemo: Demo = {
  name: 'large',
  username: demoAccount.username,
  people: (now) => planPeople(large, now),
  conversations: (planned, now) => planConversations(large, planned, now),
  as: `demo, or demo_1 to demo_${large.people - 1}`,
}

type Say = (line: string) => void

export const seedSmallDemo = (stack: Stack, dataDir: string, say: Say): Promise<void> =>
  seed(small, stack, dataDir, say)

export const seedLargeDemo = (stack: Stack, dataDir: string, say: Say): Promise<void> =>
  seed(largeDemo, stack, dataDir, say)

/**
 * Fills an installation in bulk, while the services run: a plan of two files, imported by each subgraph. Accounts are
 * imported last, so that sign-in works only when everything is there; the next run completes an interrupted one with
 * the same plan.
 */
export async function seed(demo: Demo, stack: Stack, dataDir: string, say: Say): Promise<void> {
  const [url = ''] = stack.urls
  const tell = (what: string) => say(`\n${what} Sign in as ${demo.as}; the password of each is ${password}`)
  if (await isThere(url, demo.username)) {
    tell('The demo is there already.')
    return
  }
  const started = performance.now()
  const folder = join(dataDir, `demo-${demo.name}`)
  mkdirSync(folder, { recursive: true })
  const now = plannedAt(dataDir, demo)
  const files = { people: join(folder, 'people.ndjson'), conversations: join(folder, 'conversations.ndjson') }
  const planned = demo.people(now)
  await writeLines(files.people, planned)
  const counts = await writeConversations(files.conversations, demo.conversations(planned, now))
  const env = (name: 'user' | 'conversation' | 'message' | 'notification') => stack.service(name).options.env
  await Promise.all([
    importDemo('conversation', env('conversation'), [files.people, files.conversations]),
    importDemo('message', env('message'), [files.conversations]),
    importDemo('notification', env('notification'), [files.conversations]),
  ])
  await importDemo('user', env('user'), [files.people, password, files.conversations])
  rmSync(folder, { recursive: true })
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  tell(
    `Demo: ${planned.length} people, ${counts.conversations} conversations and ${counts.messages} messages in ${seconds} s.`,
  )
}

async function isThere(url: string, username: string): Promise<boolean> {
  const query = 'mutation ($input: LogInInput!) { logIn(input: $input) { user { id } } }'
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ query, variables: { input: { username, password } } }),
  })
  const { data } = (await response.json()) as { data?: { logIn?: { user: object | null } | null } | null }
  if (!data?.logIn) throw new Error('Whether the demo is there cannot be told: signing in does not answer')
  return data.logIn.user !== null
}

/** The time of the first attempt: the same time gives the same plan. */
function plannedAt(dataDir: string, { name }: Demo): number {
  const file = join(dataDir, `demo-${name}-planned-at`)
  if (!existsSync(file)) writeFileSync(file, String(Date.now()))
  return Number(readFileSync(file, 'utf8'))
}

async function writeConversations(file: string, planned: Iterable<PlannedConversation>) {
  const counts = { conversations: 0, messages: 0 }
  function* counted() {
    for (const one of planned) {
      counts.conversations += 1
      counts.messages += one.messages.length
      yield one
    }
  }
  await writeLines(file, counted())
  return counts
}

async function writeLines(file: string, values: Iterable<unknown>): Promise<void> {
  const out = createWriteStream(file)
  for (const value of values) if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'close')
}
