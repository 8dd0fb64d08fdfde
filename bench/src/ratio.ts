import { percentile } from '@parley/e2e/chaos/scenario'
import { Random } from '@parley/testing/random'

/** The values of one period without the attacker and of the period beside it with the attacker. */
export interface Round {
  readonly alone: readonly number[]
  readonly beside: readonly number[]
}

export interface Ratio {
  readonly alone: number
  readonly beside: number
  readonly ratio: number
  /** The interval of 95 % of the ratios when rounds are resampled. */
  readonly low: number
  readonly high: number
}

const draws = 2_000
const tail = 0.025

/**
 * The ratio of two percentiles, and its confidence interval. Values of one period are not independent, because one
 * stall delays many of them: so whole rounds are resampled (block bootstrap); single values would give a too narrow
 * interval.
 */
export function ratioOf(rounds: readonly Round[], share: number): Ratio {
  const [alone, beside] = [percentile(flat(rounds, 'alone'), share), percentile(flat(rounds, 'beside'), share)]
  const [drawAlone, drawBeside] = [drawerOf(rounds, 'alone', share), drawerOf(rounds, 'beside', share)]
  // The same samples give the same interval.
  const random = new Random(1)
  const ratios = Array.from({ length: draws }, () => {
    const times = new Uint32Array(rounds.length)
    for (let draw = 0; draw < rounds.length; draw += 1) {
      const drawn = random.below(rounds.length)
      times[drawn] = (times[drawn] ?? 0) + 1
    }
    return drawBeside(times) / drawAlone(times)
  })
  return {
    alone,
    beside,
    ratio: beside / alone,
    low: percentile(ratios, tail),
    high: percentile(ratios, 1 - tail),
  }
}

/** The same ratio between periods without an attacker: every other one against the rest. */
export function noiseOf(rounds: readonly Round[], share: number): Ratio {
  const pairs = Array.from({ length: Math.floor(rounds.length / 2) }, (_, index) => ({
    alone: rounds[2 * index]?.alone ?? [],
    beside: rounds[2 * index + 1]?.alone ?? [],
  }))
  return ratioOf(pairs, share)
}

export type Verdict = 'met' | 'missed' | 'not decided'

/** Missed only when the whole interval is above the goal, met only when it is below. */
export function verdictOf({ low, high }: Ratio, goal: number): Verdict {
  if (low > goal) return 'missed'
  return high <= goal ? 'met' : 'not decided'
}

const flat = (rounds: readonly Round[], side: keyof Round): readonly number[] => rounds.flatMap((round) => round[side])

/**
 * The percentile when each round counts as often as it was drawn. Sorted once, and only the values above it are
 * visited.
 */
function drawerOf(rounds: readonly Round[], side: keyof Round, share: number): (times: Uint32Array) => number {
  const descending = rounds
    .flatMap((round, index) => round[side].map((value) => ({ value, index })))
    .sort((one, other) => other.value - one.value)
  const lengths = rounds.map((round) => round[side].length)
  return (times) => {
    const total = lengths.reduce((sum, length, index) => sum + length * (times[index] ?? 0), 0)
    let above = total - Math.max(1, Math.ceil(total * share))
    for (const { value, index } of descending) {
      above -= times[index] ?? 0
      if (above < 0) return value
    }
    return NaN
  }
}
