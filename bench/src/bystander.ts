import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beginLoad, observe } from '@parley/e2e/chaos/bystander-load'
import type { Bystanders, Load } from '@parley/e2e/chaos/bystander-load'
import { send, signUp, signUpAll, startGroup, upTo } from '@parley/e2e/chat'
import { testStack } from '@parley/e2e/test-stack'
import { cpuSecondsOf } from '@parley/launcher/processes'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import { attacks } from './attacks.ts'
import type { Attack, Outcomes, Target } from './attacks.ts'
import type { Bench, BenchRun } from './bench.ts'
import { goal, outcomesOf, report } from './bystander-report.ts'
import type { Measured, Stretch } from './bystander-report.ts'
import { canPin, pin, prefer, startBehind } from './cores.ts'
import { StallNotes, stallsOf } from './stalls.ts'

const gatewayCore = 0
const otherCore = 1
const pace = { queriesPerSecond: 20, sendsPerSecond: 10 }
/** More load than is measured, so that code is compiled before. */
const warmUpPace = { queriesPerSecond: 36, sendsPerSecond: 16 }
const calmMs = 8_000
/** A pause between two periods, so that they do not overlap. */
const settleMs = 500
/** The data for the query with large lists: conversations of twenty with a page of history each. */
const fatConversations = 12
const fatMembers = 20
const fatMessages = 60

export const bystander: Bench = {
  name: 'bystander',
  promise: `Beside each of ${attacks.filter(({ isPlanted }) => !isPlanted).length} attackers others wait at most ${goal} times as long, at the median and at p99.`,
  async run(run) {
    const unknown = run.only.filter((name) => attacks.every((attack) => attack.name !== name))
    if (unknown.length > 0) throw new Error(`There is no attack "${unknown.join('", "')}"`)
    const notes = new StallNotes()
    const stack = await testStack({
      trafficLimits: 'real',
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600', ...notes.env },
    })
    try {
      return await measure(stack, notes, run)
    } finally {
      await stack.stop()
    }
  },
}

async function measure(stack: Stack, notes: StallNotes, run: BenchRun): Promise<readonly string[]> {
  const [url = ''] = stack.urls
  const people = await populate(url)
  const gateway = new Gateway(stack.service('gateway').identity?.pid ?? 0)
  pin(gateway.pid, gatewayCore)
  pin(process.pid, otherCore)
  prefer(gateway.pid)
  const restore = prefer(process.pid)
  run.say(
    canPin
      ? `The gateway with its threads on core ${gatewayCore}, attacker and bystanders on core ${otherCore}, the attacker when nothing else wants it; all else anywhere. ${restore === null ? 'Not root: gateway and bystanders wait for it.' : 'Gateway and bystanders go before it, as on machines of their own.'}`
      : 'Not pinned: this machine has no taskset or one core only.',
  )
  await notes.watchThis()
  const before = gateway.now
  try {
    const { load, measured } = await loadAndAttack(people, gateway, run)
    await pause(run.cooldownMs, undefined, { signal: run.signal })
    const pauses = notes.read(labelsOf(stack))
    if (run.samplesFile !== undefined) {
      const all = { origin: performance.timeOrigin, measured, samples: load.samples, pauses }
      writeFileSync(run.samplesFile, JSON.stringify(all))
    }
    return report(measured, load, stallsOf(pauses), { before, after: gateway.now }, run)
  } finally {
    gateway.stop()
    restore?.()
  }
}

async function loadAndAttack({ bystanders, attacker }: People, gateway: Gateway, run: BenchRun) {
  run.say(`Warming up for ${run.warmupMs / 1_000} s.`)
  await observe(bystanders, warmUpPace, run.warmupMs, run.signal)
  const load = await beginLoad(bystanders, pace)
  const measured: Measured[] = []
  try {
    await pause(calmMs, undefined, { signal: run.signal })
    for (const attack of attacks.filter((one) => isAsked(one, run))) {
      gateway.forgetPeak()
      measured.push(await alternate(attack, load, attacker, gateway, run))
    }
  } finally {
    // Else an interrupted bench sends for ever.
    await load.end()
  }
  return { load, measured }
}

const isAsked = ({ name, isPlanted }: Attack, { only }: BenchRun): boolean =>
  only.length === 0 ? isPlanted !== true : only.includes(name)

function labelsOf(stack: Stack): (pid: number) => string | undefined {
  const labels = new Map(stack.services.map(({ label, identity }) => [identity?.pid, label]))
  return (pid) => (pid === process.pid ? 'the bench' : labels.get(pid))
}

/** A B, B A, A B: slow changes of the machine affect both sides. The bystanders' load runs all the time. */
async function alternate(
  attack: Attack,
  load: Load,
  attacker: Client,
  gateway: Gateway,
  run: BenchRun,
): Promise<Measured> {
  const rounds: { alone: Stretch; beside: Stretch }[] = []
  const outcomes: Outcomes[] = []
  const cookie = attacker.cookieHeader
  const target: Target = { url: attacker.url, cookie, milliseconds: run.windowMs, pid: gateway.pid }
  const stretch = async (): Promise<Stretch> => {
    const [from, cpuBefore] = [performance.now(), gateway.cpuMs]
    await pause(run.windowMs, undefined, { signal: run.signal })
    return { from, to: performance.now(), cpuMs: gateway.cpuMs - cpuBefore }
  }
  const worker = await startBehind(otherCore, join(import.meta.dirname, 'attacker.main.ts'), [
    attack.name,
    JSON.stringify(target),
  ])
  const besideIt = async (): Promise<Stretch> => {
    const [beside, line] = await Promise.all([stretch(), worker.work()])
    outcomes.push(JSON.parse(line) as Outcomes)
    await pause(settleMs)
    return beside
  }
  // Not counted: the first attack pays for compilation.
  await besideIt()
  outcomes.pop()
  for (let round = 0; round < run.rounds; round += 1) {
    if (round % 2 === 0) {
      const alone = await stretch()
      rounds.push({ alone, beside: await besideIt() })
    } else {
      const beside = await besideIt()
      rounds.push({ alone: await stretch(), beside })
    }
  }
  await worker.end()
  const peak = gateway.peak
  run.say(`${attack.name}: ${run.rounds} rounds, ${outcomesOf(outcomes)}; ${load.samples.length} samples so far.`)
  return { attack, rounds, outcomes, peak }
}

interface People {
  readonly bystanders: Bystanders
  readonly attacker: Client
}

/** Four bystanders in a group of their own, and an attacker who is in many large groups. */
async function populate(url: string): Promise<People> {
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

/** Samples the resident memory of a process in MiB, and reads its CPU time. */
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

  /** Of all its threads, in steps of 10 ms. */
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
