import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile, table } from '@parley/e2e/chaos/scenario'
import { testStack } from '@parley/e2e/test-stack'
import { webOperations } from '@parley/e2e/web-operations'
import type { WebOperation } from '@parley/e2e/web-operations'
import { demoAccount, seedLargeDemo } from '@parley/launcher/demo/seed'
import { driftedProjections } from '@parley/launcher/migrate'
import { processesOf } from '@parley/launcher/processes'
import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import { OperationTypeNode } from 'graphql'
import type { Bench, BenchRun } from './bench.ts'
import { notMeasured, requestsOf, worldOf } from './large-requests.ts'
import type { Request } from './large-requests.ts'
import { cpuSecondsWithChildren } from './processes/pinned.ts'

const goalMs = 300
/** Not timed: caches are filled, and compilers have done their work. */
const warmUps = 30
const settleMs = 5_000

/**
 * Every operation of the web client on a large installation, as the demo user, who is in 500 conversations: how long it
 * takes, and the CPU that it costs in each process.
 */
export const largePages: Bench = {
  name: 'large-pages',
  promise: `With 300,000 messages every operation of the web client answers within ${goalMs} ms (p95), and nothing has drifted from the log.`,
  defaults: { window: 3 },
  async run(run) {
    const stack = await testStack({ onProgress: run.say, signal: run.signal, env: { ACCESS_TOKEN_SECONDS: '3600' } })
    try {
      await seedLargeDemo(stack, mkdtempSync(join(tmpdir(), 'parley-large-')), run.say)
      const late = await measure(stack, run)
      return [...late, ...(await verify(stack, run))]
    } finally {
      await stack.stop()
    }
  },
}

interface Measured {
  readonly operation: WebOperation
  readonly firstMs: number
  readonly p50: number
  readonly p95: number
  /** CPU milliseconds of one operation in each part, beyond what the part uses at rest. */
  readonly cpu: readonly number[]
}

async function measure(stack: Stack, run: BenchRun): Promise<readonly string[]> {
  const client = new Client(stack.urls[0] ?? '')
  await client.logIn(demoAccount.username, demoAccount.password)
  const operations = webOperations()
  const requests = requestsOf(await worldOf(client))
  const unknown = [...operations.keys()].filter((name) => !(name in requests) && !notMeasured.includes(name))
  if (unknown.length > 0) throw new Error(`large-requests.ts has no row for ${unknown.join(', ')}`)
  const parts = partsOf(stack)
  const resting = await rest(parts, run)
  const all: Measured[] = []
  for (const [name, request] of Object.entries(requests)) {
    const operation = operations.get(name)
    if (operation === undefined) throw new Error(`The web client has no operation ${name}`)
    if (run.only.length > 0 && !run.only.includes(name)) continue
    all.push(await time(client, operation, request, parts, resting, run))
    run.say(rowOf(all.at(-1)).join('  '))
  }
  const titles = ['operation', 'first, ms', 'p50', 'p95', 'CPU, ms', ...parts.map(({ name }) => name)]
  run.say(table(titles, all.map(rowOf)))
  return all.flatMap(({ operation, p95 }) =>
    p95 > goalMs ? [`${operation.name} took ${p95.toFixed(0)} ms at p95, and ${goalMs} ms is the goal`] : [],
  )
}

/** How long a recount of everything takes; what it finds. */
async function verify(stack: Stack, run: BenchRun): Promise<readonly string[]> {
  const [began, before] = [performance.now(), partsOf(stack).map(({ cpuSeconds }) => cpuSeconds())]
  const drifted = await driftedProjections(stack.service('message').options.env)
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  const used = partsOf(stack).map(({ name, cpuSeconds }, index) => ({ name, cpu: cpuSeconds() - (before[index] ?? 0) }))
  const mongo = used.find(({ name }) => name === 'mongo')?.cpu.toFixed(1) ?? '?'
  run.say(`npm run verify: ${seconds} s, of MongoDB ${mongo} CPU-s`)
  return drifted
}

function rowOf(measured: Measured | undefined): string[] {
  if (measured === undefined) return []
  const { operation, firstMs, p50, p95, cpu } = measured
  const waits = [firstMs, p50, p95].map((ms) => ms.toFixed(0))
  const sum = cpu.reduce((total, one) => total + one, 0)
  return [operation.name, ...waits, ...[sum, ...cpu].map((ms) => ms.toFixed(1))]
}

interface Part {
  readonly name: string
  readonly cpuSeconds: () => number
}

const partsOf = (stack: Stack): readonly Part[] =>
  processesOf(stack)
    .filter(({ label }) => label !== 'launcher')
    .map(({ label, pids }) => ({ name: label, cpuSeconds: () => cpuSecondsWithChildren(pids) }))

/** What each part uses while nobody asks for anything, in CPU seconds a second. */
async function rest(parts: readonly Part[], run: BenchRun): Promise<readonly number[]> {
  await pause(settleMs, undefined, { signal: run.signal })
  const [before, began] = [parts.map(({ cpuSeconds }) => cpuSeconds()), performance.now()]
  await pause(settleMs, undefined, { signal: run.signal })
  const seconds = (performance.now() - began) / 1_000
  return parts.map(({ cpuSeconds }, index) => (cpuSeconds() - (before[index] ?? 0)) / seconds)
}

/** The first answer is reported separately: it includes planning the document and cold caches. */
async function time(
  client: Client,
  operation: WebOperation,
  request: Request,
  parts: readonly Part[],
  resting: readonly number[],
  run: BenchRun,
): Promise<Measured> {
  const waits: number[] = []
  const once = async (turn: number) => {
    run.signal.throwIfAborted()
    const started = performance.now()
    await answer(client, operation, request(turn))
    waits.push(performance.now() - started)
  }
  for (let turn = 0; turn < warmUps; turn += 1) await once(turn)
  const [firstMs = 0] = waits.splice(0)
  const [before, began] = [parts.map(({ cpuSeconds }) => cpuSeconds()), performance.now()]
  for (let turn = warmUps; performance.now() - began < run.windowMs; turn += 1) await once(turn)
  const seconds = (performance.now() - began) / 1_000
  const cpu = parts.map(({ cpuSeconds }, index) => {
    const used = cpuSeconds() - (before[index] ?? 0) - (resting[index] ?? 0) * seconds
    return (1_000 * Math.max(0, used)) / waits.length
  })
  return { operation, firstMs, p50: percentile(waits, 0.5), p95: percentile(waits, 0.95), cpu }
}

/** Of a stream the first frame, for which its page waits. */
async function answer(client: Client, { type, text }: WebOperation, variables: Record<string, unknown>): Promise<void> {
  if (type !== OperationTypeNode.SUBSCRIPTION) {
    await client.must(text, variables)
    return
  }
  const stream = client.subscribe(text, variables)
  const { errors } = await stream.next()
  stream.close()
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
}
