import { setTimeout as pause } from 'node:timers/promises'
import { defaultEngines } from '@parley/engines/engine'
import type { EngineName } from '@parley/engines/engine'
import type { Stack } from '@parley/launcher/stack'
import { eventually } from '@parley/testing/eventually'
import { readBack, signUp, startGroup } from '../chat.ts'
import { Recorder } from '../recorder.ts'
import { testStack } from '../test-stack.ts'
import { miscounts } from './counts.ts'
import { deadLetters } from './dead-letters.ts'
import { Follower } from './follower.ts'
import { fetchStatus } from './pages.ts'
import { Pulse } from './pulse.ts'
import { timeToRecover } from './recovery-times.ts'
import { isAsked, seconds, table } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { notReady } from './victims.ts'

const readyGoalMs = 2_000
const patienceMs = 60_000

export const enginesAway: Scenario = {
  name: 'engines-away',
  promise: 'An engine that is away at boot or under load ends no process, makes no dead letter and no INTERNAL.',
  async run(run) {
    const stack = await testStack({
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600' },
    })
    try {
      const rows: string[][] = []
      const faults: string[] = []
      for (const name of defaultEngines.filter((engine) => isAsked(run, engine))) {
        run.signal.throwIfAborted()
        const boot = await awayAtBoot(stack, name)
        const load = await awayUnderLoad(stack, name, (run.minutes ?? 1) * 60_000)
        rows.push([name, ...boot.cells, ...load.cells])
        faults.push(...[...boot.faults, ...load.faults].map((fault) => `${name} away ${fault}`))
        run.say(rows.at(-1)?.join('  ') ?? '')
      }
      const headings = [
        'away',
        'boot: waiting',
        'ready after',
        'first group after',
        'load: not acknowledged',
        'ready after',
        'acknowledged',
        'dead letters',
      ]
      run.say(`\n${table(headings, rows)}`)
      return faults
    } finally {
      await stack.stop()
    }
  },
}

interface Found {
  readonly cells: readonly string[]
  readonly faults: readonly string[]
}

/**
 * Starts every subgraph while the engine does not answer: it runs, reports that it waits, and becomes ready when the
 * engine is back.
 */
export async function awayAtBoot(stack: Stack, name: EngineName): Promise<Found> {
  const services = stack.services.filter(({ options }) => options.name !== 'gateway' && options.name !== 'web')
  await Promise.all(services.map((service) => service.stop()))
  await stack.engines.killEngine(name)
  const starting = Promise.allSettled(services.map((service) => service.start()))
  const faults: string[] = []
  await eventually(async () => {
    for (const { url, label } of services)
      if ((await fetchStatus(`${url}/health/live`)) !== 200) throw new Error(`at boot: ${label} does not run`)
  }).catch((error: unknown) => faults.push(error instanceof Error ? error.message : String(error)))
  const before = services.map(({ identity }) => identity?.pid)
  const waiting = await notReady(stack)
  await stack.engines.restartEngine(name)
  const returned = performance.now()
  await eventually(() => expectReady(stack), { timeout: patienceMs }).catch((error: unknown) =>
    faults.push(String(error)),
  )
  const readyAfter = performance.now() - returned
  await starting
  const after = services.map(({ identity }) => identity?.pid)
  if (after.some((pid, index) => pid !== before[index])) faults.push('at boot: a process has ended')
  await Promise.all(services.filter(({ identity }) => identity === null).map((service) => service.start()))
  if (waiting.length === 0 && name !== 'kafka' && name !== 'redis')
    faults.push('at boot: everything said that it was ready')
  if (readyAfter > readyGoalMs)
    faults.push(`at boot: ready ${seconds(readyAfter)} after its return, goal ${seconds(readyGoalMs)}`)
  return { cells: [waiting.join(', ') || 'nothing', seconds(readyAfter)], faults }
}

async function expectReady(stack: Stack): Promise<void> {
  const waiting = await notReady(stack)
  if (waiting.length > 0) throw new Error(`not ready: ${waiting.join(', ')}`)
}

/** Two people write ten times a second while the engine is down, and for a while after it is back. */
export async function awayUnderLoad(stack: Stack, name: EngineName, milliseconds: number): Promise<Found> {
  const [url = ''] = stack.urls
  const pids = stack.services.map(({ identity }) => identity?.pid)
  const suffix = `${name}_${Math.random().toString(36).slice(2, 6)}`
  const ann = await signUp(url, `ann_${suffix}`)
  const ben = await signUp(url, `ben_${suffix}`)
  // Whether new users exist is asked over Kafka, whose consumers recover a little later than Kafka itself.
  const asked = performance.now()
  const conversation = await eventually(() => startGroup(ann, [ben], `Without ${name}`), { timeout: patienceMs })
  const startedAfter = performance.now() - asked
  const recorder = new Recorder(conversation, [ann, ben])
  const pulse = new Pulse(conversation, [ann, ben], recorder)
  const follower = new Follower(ben.anotherTab(), conversation, recorder)
  follower.start()
  pulse.start()
  await pause(3_000)
  await stack.engines.killEngine(name)
  await pause(milliseconds)
  await stack.engines.restartEngine(name)
  const returned = performance.now()
  const ready = await eventually(() => expectReady(stack), { timeout: patienceMs }).then(
    () => performance.now() - returned,
    () => Infinity,
  )
  await pause(5_000)
  await pulse.stop()
  const faults = await effects(stack, pulse, pids)
  const { headSeq } = await readBack(ben, conversation)
  await follower.stop(headSeq)
  for (const { invariant, sentence } of await recorder.verdict([ann, ben]))
    faults.push(`under load: ${invariant}: ${sentence}`)
  for (const client of [ann, ben])
    faults.push(...(await miscounts(client, conversation)).map((fault) => `under load: ${fault}`))
  const acknowledged = timeToRecover(returned, pulse.attempts)
  if (ready > readyGoalMs)
    faults.push(`under load: ready ${seconds(ready)} after its return, goal ${seconds(readyGoalMs)}`)
  if (acknowledged === null) faults.push('under load: sends were not acknowledged again')
  const failed = pulse.beats.filter(({ failure }) => failure !== null).length
  const letters = await deadLetters(stack)
  const cells = [
    seconds(startedAfter),
    `${failed} of ${pulse.beats.length}`,
    seconds(ready),
    seconds(acknowledged ?? Infinity),
    String(letters),
  ]
  await Promise.all([ann, ben].map((client) => client.close()))
  return { cells, faults: letters === 0 ? faults : [...faults, `under load: ${letters} dead letters`] }
}

async function effects(stack: Stack, { beats }: Pulse, pids: readonly (number | undefined)[]): Promise<string[]> {
  const faults: string[] = []
  const died = stack.services.filter(({ identity }, index) => identity?.pid !== pids[index])
  if (died.length > 0) faults.push(`under load: ${died.map(({ label }) => label).join(', ')} ended`)
  const internal = beats.filter(({ failure }) => failure?.includes('INTERNAL'))
  if (internal.length > 0) faults.push(`under load: ${internal.length} sends were answered INTERNAL`)
  return faults
}
