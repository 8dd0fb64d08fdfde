import { noiseOf, ratioOf, verdictOf } from './ratio.ts'
import type { Round } from './ratio.ts'

const goal = 1.5
const perStretch = 100

/** 10 to 30 ms, evenly distributed; every `every`th period has a stall that delays some of its values. */
const stretch = (index: number, stall: { every: number; values: number; ms: number } | null, factor = 1): number[] =>
  Array.from({ length: perStretch }, (_, place) => {
    const isStalled = stall !== null && index % stall.every === 0 && place < stall.values
    return factor * (10 + (20 * ((place * 37 + index * 11) % perStretch)) / perStretch) + (isStalled ? stall.ms : 0)
  })

const rounds = (count: number, of: (index: number) => Round): Round[] => Array.from({ length: count }, (_, i) => of(i))

describe('the ratio of two percentiles', () => {
  it('meets the goal when both sides are equal', () => {
    const alike = rounds(30, (index) => ({ alone: stretch(index, null), beside: stretch(index + 7, null) }))
    const ratio = ratioOf(alike, 0.99)
    expect(ratio.ratio).toBeCloseTo(1, 1)
    expect(verdictOf(ratio, goal)).toBe('met')
    expect(verdictOf(noiseOf(alike, 0.99), goal)).toBe('met')
  })

  it('misses the goal when the attacker makes everything slower', () => {
    const slower = rounds(30, (index) => ({ alone: stretch(index, null), beside: stretch(index, null, 1.7) }))
    expect(verdictOf(ratioOf(slower, 0.5), goal)).toBe('missed')
    expect(verdictOf(ratioOf(slower, 0.99), goal)).toBe('missed')
  })

  it('misses the goal when the attacker causes a stall in every period, which the median does not show', () => {
    const stall = { every: 1, values: 4, ms: 100 }
    const stalling = rounds(30, (index) => ({ alone: stretch(index, null), beside: stretch(index, stall) }))
    expect(verdictOf(ratioOf(stalling, 0.99), goal)).toBe('missed')
    expect(verdictOf(ratioOf(stalling, 0.5), goal)).toBe('met')
  })

  it('is undecided for two stalls in a minute, which may have nothing to do with the attacker', () => {
    const unlucky = rounds(30, (index) => ({
      alone: stretch(index, null),
      beside: stretch(index, { every: 15, values: 20, ms: 200 }),
    }))
    const ratio = ratioOf(unlucky, 0.99)
    expect(ratio.ratio).toBeGreaterThan(goal)
    expect(verdictOf(ratio, goal)).toBe('not decided')
  })

  it('gives the same interval for the same values', () => {
    const some = rounds(10, (index) => ({ alone: stretch(index, null), beside: stretch(index, null, 1.2) }))
    expect(ratioOf(some, 0.99)).toEqual(ratioOf(some, 0.99))
  })
})
