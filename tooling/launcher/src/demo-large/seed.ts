import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importDemo } from '../migrate.ts'
import type { Stack } from '../stack.ts'
import { large, planConversations, planPeople } from './plan.ts'

const password = 'parley-demo-2026'
export const demoAccount = { username: 'demo', password }

/**
 * Fills an installation in bulk, while the services run: a plan of two files, imported by each subgraph. Accounts are
 * imported last, so that sign-in works only when everything is there; the next run completes an interrupted one with
 * the same plan.
 */
export async function seedLargeDemo(stack: Stack, dataDir: string, say: (line: string) => void): Promise<void> {
  const [url = ''] = stack.urls
  if (await isThere(url)) {
    tell('The large demo is there already.', say)
    return
  }
  const started = performance.now()
  const folder = join(dataDir, 'demo-large')
  mkdirSync(folder, { recursive: true })
  const [people, conversations] = await writePlan(folder, plannedAt(dataDir))
  const env = (name: 'user' | 'conversation' | 'message' | 'notification') => stack.service(name).options.env
  await Promise.all([
    importDemo('conversation', env('conversation'), [people, conversations]),
    importDemo('message', env('message'), [conversations]),
    importDemo('notification', env('notification'), [conversations]),
  ])
  await importDemo('user', env('user'), [people, password, conversations])
  rmSync(folder, { recursive: true })
  const seconds = ((performance.now() - started) / 1_000).toFixed(0)
  const { people: persons, conversations: count, messages } = large
  tell(`Demo: ${persons} people, ${count} conversations and ${messages} messages in ${seconds} s.`, say)
}

async function isThere(url: string): Promise<boolean> {
  const query = 'mutation ($input: LogInInput!) { logIn(input: $input) { user { id } } }'
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ query, variables: { input: demoAccount } }),
  })
  const { data } = (await response.json()) as { data?: { logIn?: { user: object | null } | null } | null }
  if (!data?.logIn) throw new Error('Whether the demo is there cannot be told: signing in does not answer')
  return data.logIn.user !== null
}

function tell(what: string, say: (line: string) => void): void {
  say(`\n${what} Sign in as demo, or demo_1 to demo_${large.people - 1}; the password of each is ${password}`)
}

/** The time of the first attempt: the same time gives the same plan. */
function plannedAt(dataDir: string): number {
  const file = join(dataDir, 'demo-large-planned-at')
  if (!existsSync(file)) writeFileSync(file, String(Date.now()))
  return Number(readFileSync(file, 'utf8'))
}

async function writePlan(folder: string, now: number): Promise<[people: string, conversations: string]> {
  const files: [string, string] = [join(folder, 'people.ndjson'), join(folder, 'conversations.ndjson')]
  const people = planPeople(large, now)
  await writeLines(files[0], people)
  await writeLines(files[1], planConversations(large, people, now))
  return files
}

async function writeLines(file: string, values: Iterable<unknown>): Promise<void> {
  const out = createWriteStream(file)
  for (const value of values) if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'close')
}
