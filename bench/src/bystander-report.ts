import type { Load, Sample } from '@parley/e2e/chaos/bystander-load'
import { percentile, table } from '@parley/e2e/chaos/scenario'
import { attacks } from './attacks.ts'
import type { Attack, Outcomes } from './attacks.ts'
import type { BenchRun } from './bench.ts'
import { noiseOf, ratioOf, verdictOf } from './ratio.ts'
import type { Ratio } from './ratio.ts'
import { causeOf, stoodStill } from './stalls.ts'
import type { Span, Stall } from './stalls.ts'

/** The highest allowed ratio, at the median and at p99. */
export const goal = 1.5

/** One measuring period, by `performance.now()`, with the CPU time that the gateway used in it. */
export interface Stretch extends Span {
  readonly cpuMs: number
}

/**
 * If an attacker blocks the gateway for more than this share of the time, p99 is affected. It is measured in the
 * gateway, so it is reliable even when p99 is hidden by other stalls of the machine.
 */
const stillGoal = 0.01

/** The measurements beside one attack. */
export interface Measured {
  readonly attack: Attack
  readonly rounds: readonly { readonly alone: Stretch; readonly beside: Stretch }[]
  readonly outcomes: readonly Outcomes[]
  readonly peak: number
}

const measures = [
  { name: 'query p50', kind: 'query', share: 0.5 },
  { name: 'query p99', kind: 'query', share: 0.99 },
  { name: 'delivery p50', kind: 'delivery', share: 0.5 },
  { name: 'delivery p99', kind: 'delivery', share: 0.99 },
] as const

/** Prints the tables, and returns a sentence for each missed goal and each failure. */
export function report(
  all: readonly Measured[],
  { samples, failures }: Load,
  stalls: readonly Stall[],
  memory: { before: number; after: number },
  run: BenchRun,
): readonly string[] {
  const faults = [...Map.groupBy(failures, (failure) => failure)].map(
    ([failure, each]) => `${each.length} × ${failure}`,
  )
  const rows: string[][] = []
  const slow: string[][] = []
  const undecided: string[] = []
  for (const { attack, rounds, outcomes, peak } of all) {
    const verdicts = measures.map(({ name, kind, share }) => {
      const values = rounds.map(({ alone, beside }) => ({
        alone: valuesIn(samples, kind, alone),
        beside: valuesIn(samples, kind, beside),
      }))
      const ratio = ratioOf(values, share)
      const noise = noiseOf(values, share)
      const verdict = verdictOf(ratio, goal)
      const shown = `${ratio.alone.toFixed(1)} → ${ratio.beside.toFixed(1)} (${ratio.ratio.toFixed(2)}, ${rangeOf(ratio)}; noise ${rangeOf(noise)}) ${verdict}`
      if (verdict === 'not decided') undecided.push(`beside ${attack.name}: ${name} ${shown}`)
      if (verdict === 'missed') faults.push(`beside ${attack.name}: ${name} ${shown}, goal ${goal}`)
      return shown
    })
    const [stillAlone, stillBeside] = (['alone', 'beside'] as const).map((side) =>
      stoodStill(
        'gateway',
        stalls,
        rounds.map((round) => onTheWall(round[side])),
      ),
    ) as [number, number]
    const still = `${percent(stillAlone)} → ${percent(stillBeside)}`
    if (stillBeside - stillAlone > stillGoal)
      faults.push(`beside ${attack.name}: the gateway stood still ${still} of the time`)
    rows.push([attack.name, ...verdicts, still, cpuOf(rounds, outcomes), `${peak} MiB`, outcomesOf(outcomes)])
    for (const side of ['alone', 'beside'] as const) {
      slow.push([
        attack.name,
        side,
        ...causesIn(
          samples,
          rounds.map((round) => round[side]),
          percentilesAlone(samples, rounds),
          stalls,
        ),
      ])
    }
  }
  run.say(
    `\n${table(['beside', ...measures.map(({ name }) => name), 'the gateway stood still', 'CPU of the gateway', 'its memory', 'the attacker saw'], rows)}`,
  )
  run.say(
    `\nMilliseconds alone → beside the attacker (ratio, 95 % of the ratios when rounds are drawn again; the same for the stretches alone against each other). A goal is missed when the whole interval is above ${goal}, met when none of it is, and otherwise not decided. It is missed too when the gateway stands still for one more percent of the time.`,
  )
  run.say(`\n${table(['beside', 'stretches', 'slow samples', 'what stood still meanwhile'], slow)}`)
  run.say(
    `\nSlow is above the p99 alone. Memory of the gateway: ${memory.before} MiB before, ${memory.after} MiB ${run.cooldownMs / 1_000} s after.`,
  )
  for (const one of undecided) run.say(`? ${one}`)
  for (const { name, what } of attacks) run.say(`  ${name}: ${what}`)
  return faults
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`

/** Stalls have wall-clock times, because each process has its own `performance.now()`. */
const onTheWall = ({ from, to }: Span): Span => ({
  from: performance.timeOrigin + from,
  to: performance.timeOrigin + to,
})

const rangeOf = ({ low, high }: Ratio): string => `${low.toFixed(2)}–${high.toFixed(2)}`

const valuesIn = (samples: readonly Sample[], kind: Sample['kind'], { from, to }: Span): number[] =>
  samples
    .filter((sample) => sample.kind === kind && sample.due >= from && sample.due < to)
    .map(({ milliseconds }) => milliseconds)

type Rounds = Measured['rounds']

function percentilesAlone(samples: readonly Sample[], rounds: Rounds) {
  const of = (kind: Sample['kind']) => {
    const values = rounds.flatMap(({ alone }) => valuesIn(samples, kind, alone))
    return { usual: percentile(values, 0.5), slow: percentile(values, 0.99) }
  }
  return { query: of('query'), delivery: of('delivery') }
}

/** How many samples were slow, and which stalls overlapped them. */
function causesIn(
  samples: readonly Sample[],
  stretches: readonly Stretch[],
  limits: ReturnType<typeof percentilesAlone>,
  stalls: readonly Stall[],
): [count: string, causes: string] {
  const within = samples.filter(({ due }) => stretches.some(({ from, to }) => due >= from && due < to))
  const slow = within.filter(({ kind, milliseconds }) => milliseconds > limits[kind].slow)
  const causes = Map.groupBy(slow, ({ kind, due, milliseconds }) => {
    const from = performance.timeOrigin + due
    return causeOf({ from, to: from + milliseconds }, limits[kind].usual, stalls) ?? 'nothing that is watched'
  })
  const counted = [...causes]
    .map(([cause, each]) => [cause, each.length] as const)
    .sort((one, other) => other[1] - one[1])
  return [`${slow.length} of ${within.length}`, counted.map(([cause, count]) => `${count} ${cause}`).join(', ')]
}

/** The CPU cost of the attack for the gateway, which hardly depends on other load of the machine. */
function cpuOf(rounds: Rounds, outcomes: readonly Outcomes[]): string {
  const sum = (side: 'alone' | 'beside') => rounds.reduce((total, round) => total + round[side].cpuMs, 0)
  const asked = outcomes.reduce(
    (total, one) => total + (one['sent'] ?? Object.values(one).reduce((a, b) => a + b, 0)),
    0,
  )
  const [before, after] = [sum('alone'), sum('beside')]
  return `${before} → ${after} ms, ${((after - before) / Math.max(1, asked)).toFixed(2)} for each of ${asked}`
}

export const outcomesOf = (all: readonly Outcomes[]): string => {
  const sum = new Map<string, number>()
  for (const [outcome, times] of all.flatMap((one) => Object.entries(one)))
    sum.set(outcome, (sum.get(outcome) ?? 0) + times)
  return [...sum].map(([outcome, times]) => `${times} ${outcome}`).join(', ')
}
