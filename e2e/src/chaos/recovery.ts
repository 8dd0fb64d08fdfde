import { keepAlive } from '@parley/launcher/keep-alive'
import type { Stack } from '@parley/launcher/stack'
import { eventually } from '@parley/testing/eventually'
import { markRead, readBack, signUp, startGroup } from '../chat.ts'
import { Recorder } from '../recorder.ts'
import { testStack } from '../test-stack.ts'
import { Follower } from './follower.ts'
import { PageWatch } from './pages.ts'
import { Pulse } from './pulse.ts'
import type { Attempt } from './recovery-times.ts'
import { isDecided, steadyFor, timeToRecover } from './recovery-times.ts'
import { isAsked, percentile, seconds, table } from './scenario.ts'
import type { Run, Scenario } from './scenario.ts'
import { expectWhole, kill, victims } from './victims.ts'
import type { Victim } from './victims.ts'

const goalMs = 3_000
/** A row that has not recovered after this time has failed. */
const patienceMs = 45_000
/** Beats of the pulse after everything is ready: two seconds of sends that are acknowledged and delivered at once. */
const steadyBeats = 20
const attemptMs = 5_000

/** Milliseconds from the kill; null when it did not recover. */
interface Recovery {
  readonly acknowledged: number | null
  readonly live: number | null
  readonly page: number | null
  /** Until every process runs and every service and engine reports ready. */
  readonly whole: number
}

/** Two people in a group: both send, one follows with endless retries, and one reloads the page. */
interface Life {
  readonly stack: Stack
  readonly pulse: Pulse
  readonly follower: Follower
  readonly pages: PageWatch
}

export const recovery: Scenario = {
  name: 'recovery',
  promise: 'After kill -9 of any process or engine, sends are acknowledged and streams are live again within 3 s.',
  async run(run) {
    const stack = await testStack({
      web: true,
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600' },
    })
    const watching = new AbortController()
    const keeping = keepAlive(stack, watching.signal, run.say)
    try {
      return await live(stack, run)
    } finally {
      watching.abort()
      await keeping
      await stack.stop()
    }
  },
}

async function live(stack: Stack, run: Run): Promise<readonly string[]> {
  const [url = ''] = stack.urls
  const ann = await signUp(url, 'ann')
  const ben = await signUp(url, 'ben')
  for (const client of [ann, ben]) client.patienceMs = attemptMs
  const conversation = await startGroup(ann, [ben], 'Recovery')
  const recorder = new Recorder(conversation, [ann, ben])
  const life: Life = {
    stack,
    pulse: new Pulse(conversation, [ann, ben], recorder),
    follower: new Follower(ben.anotherTab(), conversation, recorder),
    pages: new PageWatch(url),
  }
  life.follower.start()
  life.pulse.start()
  life.pages.start()
  const faults: string[] = []
  try {
    const rows = []
    for (const victim of victims.filter(({ name }) => isAsked(run, name))) {
      // Unread counts stop at a thousand, so that no more are counted one by one.
      for (const member of [ann, ben]) await markRead(member, conversation)
      const recoveries = await killRepeatedly(victim, life, run)
      rows.push([victim.name, ...columns(recoveries)])
      faults.push(...tooSlow(victim, recoveries))
    }
    run.say(`\n${table(['killed', 'acknowledged', 'live', 'page', 'all ready'], rows)}`)
  } finally {
    life.pages.stop()
    await life.pulse.stop()
  }
  const { headSeq } = await readBack(ben, conversation)
  await life.follower.stop(headSeq)
  const violations = await recorder.verdict([ann, ben])
  run.say(
    `\n${life.pulse.beats.length} sends, ${life.follower.ends.length + 1} streams, ${violations.length} violations`,
  )
  return [...faults, ...violations.map(({ invariant, sentence }) => `${invariant}: ${sentence}`)]
}

async function killRepeatedly(victim: Victim, life: Life, run: Run): Promise<readonly Recovery[]> {
  const recoveries: Recovery[] = []
  for (let time = 1; time <= run.times; time += 1) {
    run.signal.throwIfAborted()
    // A part that still recovers from the kill before would distort this measurement.
    await untilSteady(life, await untilWhole(victim, life))
    const fault = performance.now()
    kill(victim, life.stack)
    const whole = await untilWhole(victim, life)
    await untilSteady(life, whole).catch(() => undefined)
    const found = {
      acknowledged: timeToRecover(fault, life.pulse.attempts),
      live: timeToRecover(fault, deliveries(life)),
      page: timeToRecover(fault, looks(life)),
      whole: whole - fault,
    }
    run.say(
      `${victim.name.padEnd(14)} kill ${time}: ${[found.acknowledged, found.live, found.page, found.whole].map(shown).join('  ')}`,
    )
    recoveries.push(found)
  }
  return recoveries
}

/** When the launcher had restarted everything; throws when it does not. */
async function untilWhole(victim: Victim, { stack }: Life): Promise<number> {
  await eventually(() => expectWhole(victim, stack), { timeout: patienceMs })
  return performance.now()
}

async function untilSteady(life: Life, since: number): Promise<void> {
  await eventually(
    () => {
      const rows = [life.pulse.attempts, deliveries(life), looks(life)]
      const steady = Math.min(...rows.map((attempts) => steadyFor(attempts.filter(({ asked }) => asked >= since))))
      if (steady < steadyBeats) throw new Error(`Steady for ${steady} beats`)
    },
    { timeout: patienceMs },
  )
}

/** From the acknowledgement to the arrival at the follower. */
const deliveries = ({ pulse: { beats }, follower: { arrivals } }: Life): readonly Attempt[] =>
  beats.flatMap(({ acknowledged, seq }) => {
    if (acknowledged === null || seq === null) return []
    const arrived = arrivals.get(seq)
    return isDecided(acknowledged, arrived !== undefined) ? [{ asked: acknowledged, succeeded: arrived ?? null }] : []
  })

const looks = ({ pages }: Life): readonly Attempt[] =>
  pages.looks.map(({ asked, answered, ok }) => ({ asked, succeeded: ok ? answered : null }))

function columns(recoveries: readonly Recovery[]): readonly string[] {
  return (['acknowledged', 'live', 'page', 'whole'] as const).map((column) => {
    const times = recoveries.flatMap((recovery) => recovery[column] ?? Infinity)
    return [Math.min(...times), percentile(times, 0.5), Math.max(...times)].map(shown).join(' / ')
  })
}

const shown = (time: number | null): string => (time === null || time === Infinity ? 'never' : seconds(time))

function tooSlow({ name }: Victim, recoveries: readonly Recovery[]): readonly string[] {
  return (['acknowledged', 'live', 'page'] as const).flatMap((column) => {
    const worst = Math.max(...recoveries.map((recovery) => recovery[column] ?? Infinity))
    return worst <= goalMs ? [] : [`${name} killed: ${column} again after ${shown(worst)}, goal ${seconds(goalMs)}`]
  })
}
