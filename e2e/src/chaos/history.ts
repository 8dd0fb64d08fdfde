import type { Stack } from '@parley/launcher/stack'
import { faults } from '../history/faults.ts'
import { Random } from '@parley/testing/random'
import { run as runHistory } from '../history/run.ts'
import type { Outcome, PlannedFault } from '../history/run.ts'
import { testStack } from '../test-stack.ts'
import { isAsked, table } from './scenario.ts'
import type { Run, Scenario } from './scenario.ts'

const defaultMinutes = 5
const people = 4
/** Longer than a lease or a session of a consumer lasts: now and then, what hung comes back when others have its work. */
const longHoldMs = 20_000
const longShare = 0.1
const shortHoldMs = 4_000

export const history: Scenario = {
  name: 'history',
  promise: 'People do everything while processes and engines die and hang: nothing is lost, doubled, stale or leaked.',
  async run(run) {
    run.say(`seed ${run.seed}`)
    const stack = await testStack({
      instances: { message: 2 },
      gateways: 2,
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600' },
    })
    try {
      return await live(stack, run)
    } finally {
      await stack.stop()
    }
  },
}

async function live(stack: Stack, run: Run): Promise<readonly string[]> {
  const deadline = performance.now() + (run.minutes ?? defaultMinutes) * 60_000
  const { seed, say, signal } = run
  const outcome = await runHistory({ stack, seed, people, faults: schedule(run, deadline), changes: 1, say, signal })
  say(`\n${operationsTable(outcome)}\n\n${countsTable(outcome)}\n`)
  return outcome.findings
}

/** All faults in a random order, again and again, in another one each time. */
function* schedule(run: Run, deadline: number): Generator<PlannedFault> {
  const random = new Random(run.seed + 1)
  const asked = faults.filter(({ name }) => isAsked(run, name))
  for (;;) {
    for (const fault of random.shuffled(asked)) {
      const holdMs = random.chance(longShare) ? longHoldMs : random.below(shortHoldMs)
      const afterChanges = 10 + random.below(60)
      if (performance.now() > deadline) return
      yield { fault, holdMs, afterChanges }
    }
  }
}

function operationsTable({ history: { operations } }: Outcome): string {
  const ends = new Map<string, string>()
  for (const operation of operations) {
    if (operation.op === 'accepted') ends.set(operation.call, operation.seq === null ? 'nothing to do' : 'done')
    if (operation.op === 'refused') ends.set(operation.call, 'refused')
  }
  const asked = operations.flatMap((one) => (one.op === 'asked' ? [one] : []))
  const rows = [...Map.groupBy(asked, ({ wish }) => wish.kind)].map(([kind, calls]) => {
    const count = (end: string) => String(calls.filter(({ call }) => (ends.get(call) ?? 'unknown') === end).length)
    return [kind, String(calls.length), ...['done', 'nothing to do', 'refused', 'unknown'].map(count)]
  })
  return table(['change', 'asked', 'done', 'nothing to do', 'refused', 'unknown'], rows)
}

function countsTable({ history: { operations }, counts }: Outcome): string {
  const seen = Map.groupBy(operations, ({ op }) => op)
  const observed = (['delivered', 'saw', 'page', 'opened', 'showed', 'position'] as const).map((op) => [
    `observations: ${op}`,
    String(seen.get(op)?.length ?? 0),
  ])
  const rows = [...counts].map(([what, times]) => [what, String(times)])
  return table(['what', 'times'], [...rows.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)), ...observed])
}
