import { steadyFor, timeToRecover } from './recovery-times.ts'
import type { Attempt } from './recovery-times.ts'

const quick = (asked: number): Attempt => ({ asked, succeeded: asked + 10 })
const failed = (asked: number): Attempt => ({ asked, succeeded: null })
const slow = (asked: number): Attempt => ({ asked, succeeded: asked + 1_500 })

describe('the time to recover', () => {
  it('is short when nothing failed', () => {
    expect(timeToRecover(100, [failed(50), quick(150), quick(250)])).toBe(60)
  })

  it('ends with the first success of an unbroken series, not with one between failures', () => {
    expect(timeToRecover(0, [failed(100), quick(200), failed(300), quick(400), quick(500)])).toBe(410)
  })

  it('counts a slow answer as a failure', () => {
    expect(timeToRecover(0, [quick(100), slow(200), quick(300)])).toBe(310)
  })

  it('is unknown when the last attempt failed, and without attempts', () => {
    expect(timeToRecover(0, [quick(100), failed(200)])).toBeNull()
    expect(timeToRecover(0, [])).toBeNull()
  })
})

describe('steadiness', () => {
  it('counts the fast successes at the end', () => {
    expect(steadyFor([quick(0), failed(1), quick(2), quick(3)])).toBe(2)
    expect(steadyFor([quick(0), slow(1)])).toBe(0)
  })
})
