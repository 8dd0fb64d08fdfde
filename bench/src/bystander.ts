import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile, table } from '@parley/e2e/chaos/scenario'
import { send, signUp, signUpAll, startGroup, upTo } from '@parley/e2e/chat'
import { testStack } from '@parley/e2e/test-stack'
import { cpuSecondsOf } from '@parley/launcher/processes'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { attacks } from './attacks.ts'
import type { Attack, Outcomes, Target } from './attacks.ts'
import type { Bench, BenchRun } from './bench.ts'
import { observe } from '@parley/e2e/chaos/bystander-load'
import type { Bystanders, Observed } from '@parley/e2e/chaos/bystander-load'
import { canPin, pin, startBehind } from './cores.ts'

const gatewayCore = 0
const otherCore = 1
const goal = 1.5
const settleMs = 1_500
/** What the fat list finds: conversations of twenty with a page of history each. */
const fatConversations = 12
const fatMembers = 20
const fatMessages = 60

export const bystander: Bench = {
  name: 'bystander',
  promise: `Beside each of ${attacks.length} attackers others wait at most ${goal} times as long, at the median and at p99.`,
  async run(run) {
    const stack = await testStack({
      trafficLimits: 'real',
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600' },
    })
    try {
      return await measure(stack, run)
    } finally {
      await stack.stop()
    }
  },
}

async function measure(stack: Stack, run: BenchRun): Promise<readonly string[]> {
  const [url = ''] = stack.urls
  const { bystanders, attacker } = await populate(url)
  const gateway = new Gateway(stack.service('gateway').identity?.pid ?? 0)
  pin(gateway.pid, gatewayCore)
  pin(process.pid, otherCore)
  run.say(
    canPin
      ? `The gateway with its threads on core ${gatewayCore}; attacker and bystanders on core ${otherCore}, the attacker when nothing else wants it; all else anywhere.`
      : 'Not pinned: this machine has no taskset or one core only.',
  )
  await observe(bystanders, 4_000)
  const before = gateway.now
  const rows: string[][] = []
  const faults: string[] = []
  for (const attack of attacks.filter(({ name }) => run.only.length === 0 || run.only.includes(name))) {
    run.signal.throwIfAborted()
    gateway.forgetPeak()
    const compared = await compare(attack, bystanders, attacker, gateway, run)
    rows.push([attack.name, ...compared.columns, `${gateway.peak} MiB`, outcomesOf(compared.outcomes)])
    faults.push(...compared.faults)
    run.say(rows.at(-1)?.join('  ') ?? '')
  }
  await pause(run.cooldownMs)
  gateway.stop()
  run.say(
    `\n${table(['beside', ...measures.map(({ name }) => name), 'CPU of the gateway', 'its memory', 'the attacker saw'], rows)}`,
  )
  run.say(
    `\nMilliseconds alone → beside the attacker (ratio, and the ratio between stretches alone: less than that means nothing). Memory of the gateway: ${before} MiB before, ${gateway.now} MiB ${run.cooldownMs / 1_000} s after.`,
  )
  for (const { name, what } of attacks) run.say(`  ${name}: ${what}`)
  return faults
}

/** One stretch of measuring, with the time that the gateway computed meanwhile. */
interface Stretch {
  readonly observed: Observed
  readonly cpuMs: number
}

/** A B A B: what drifts in the machine drifts in both. */
async function compare(attack: Attack, bystanders: Bystanders, attacker: Client, gateway: Gateway, run: BenchRun) {
  const alone: Stretch[] = []
  const beside: Stretch[] = []
  const outcomes: Outcomes[] = []
  const cookie = [...attacker.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const target: Target = { url: attacker.url, cookie, milliseconds: run.windowMs }
  const stretch = async (): Promise<Stretch> => {
    const before = gateway.cpuMs
    const observed = await observe(bystanders, run.windowMs)
    return { observed, cpuMs: gateway.cpuMs - before }
  }
  for (let round = 0; round < run.rounds; round += 1) {
    const script = join(import.meta.dirname, 'attacker.main.ts')
    const waiting = await startBehind(otherCore, script, [attack.name, JSON.stringify(target)])
    alone.push(await stretch())
    const attacking = waiting.begin()
    beside.push(await stretch())
    outcomes.push(JSON.parse(await attacking) as Outcomes)
    await pause(settleMs)
  }
  const failures = [...alone, ...beside].flatMap(({ observed }) => observed.failures)
  const compared = measures.map((measure) => ratioOf(alone, beside, measure))
  return {
    outcomes,
    columns: [...compared.map(({ shown }) => shown), cpuOf(alone, beside, outcomes)],
    faults: [
      ...compared.flatMap(({ ratio, shown }, index) =>
        ratio <= goal ? [] : [`beside ${attack.name}: ${measures[index]?.name ?? ''} ${shown}, goal ${goal}`],
      ),
      ...[...Map.groupBy(failures, (failure) => failure)].map(
        ([failure, all]) => `beside ${attack.name}: ${all.length} × ${failure}`,
      ),
    ],
  }
}

const measures = [
  { name: 'query p50', kind: 'queries', share: 0.5 },
  { name: 'query p99', kind: 'queries', share: 0.99 },
  { name: 'delivery p50', kind: 'deliveries', share: 0.5 },
  { name: 'delivery p99', kind: 'deliveries', share: 0.99 },
] as const

/** With the noise: the same ratio between the stretches without an attacker, every other one against the rest. */
function ratioOf(alone: readonly Stretch[], beside: readonly Stretch[], { kind, share }: (typeof measures)[number]) {
  const of = (stretches: readonly Stretch[]) =>
    percentile(
      stretches.flatMap(({ observed }) => observed[kind]),
      share,
    )
  const [before, after] = [of(alone), of(beside)]
  const halves = [0, 1].map((half) => of(alone.filter((_, index) => index % 2 === half)))
  const noise = alone.length < 2 ? '?' : (Math.max(...halves) / Math.min(...halves)).toFixed(2)
  const ratio = after / before
  return { ratio, shown: `${before.toFixed(1)} → ${after.toFixed(1)} (${ratio.toFixed(2)}, noise ${noise})` }
}

/** What the attack costs the gateway, which a busy machine hardly changes. */
function cpuOf(alone: readonly Stretch[], beside: readonly Stretch[], outcomes: readonly Outcomes[]): string {
  const sum = (stretches: readonly Stretch[]) => stretches.reduce((total, { cpuMs }) => total + cpuMs, 0)
  const asked = outcomes.reduce(
    (total, one) => total + (one['sent'] ?? Object.values(one).reduce((a, b) => a + b, 0)),
    0,
  )
  const [before, after] = [sum(alone), sum(beside)]
  return `${before} → ${after} ms, ${((after - before) / Math.max(1, asked)).toFixed(2)} for each of ${asked}`
}

const outcomesOf = (all: readonly Outcomes[]): string => {
  const sum = new Map<string, number>()
  for (const [outcome, times] of all.flatMap((one) => Object.entries(one)))
    sum.set(outcome, (sum.get(outcome) ?? 0) + times)
  return [...sum].map(([outcome, times]) => `${times} ${outcome}`).join(', ')
}

/** Four bystanders in a group of their own, and an attacker who is in many large groups. */
async function populate(url: string): Promise<{ bystanders: Bystanders; attacker: Client }> {
  const people = await signUpAll(
    url,
    upTo(4).map((index) => `bystander${index}`),
  )
  const [first, ...others] = people
  if (first === undefined) throw new Error('No bystander')
  const conversation = await startGroup(first, others, 'Bystanders')
  for (const index of upTo(60))
    await send(first, conversation, `Message ${index} of a conversation that is not attacked`)
  const attacker = await signUp(url, 'attacker')
  const crowd = await signUpAll(
    url,
    upTo(fatMembers).map((index) => `crowd${index}`),
  )
  for (const index of upTo(fatConversations)) {
    const id = await startGroup(attacker, crowd, `Crowd ${index}`)
    await Promise.all(
      upTo(fatMessages).map((line) =>
        send(crowd[line % crowd.length] ?? attacker, id, `${line} of ${index}: ${'words '.repeat(10)}`),
      ),
    )
  }
  return { bystanders: { people, conversation }, attacker }
}

const sampleMs = 250

/** Resident memory of a process in MiB, sampled, and how long it has computed. */
class Gateway {
  readonly pid: number
  #peak = 0
  readonly #timer: NodeJS.Timeout

  constructor(pid: number) {
    this.pid = pid
    this.#timer = setInterval(() => (this.#peak = Math.max(this.#peak, this.now)), sampleMs)
  }

  get now(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1_024)
  }

  /** Of all of its threads, in steps of 10 ms. */
  get cpuMs(): number {
    return Math.round(cpuSecondsOf(this.pid) * 1_000)
  }

  get peak(): number {
    return this.#peak
  }

  forgetPeak(): void {
    this.#peak = this.now
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
