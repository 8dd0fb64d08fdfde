import { DomainError } from '@parley/kernel/errors'
import fc from 'fast-check'
import { linesAfter, linesAround, linesBefore, type PageRange, sliceOf } from './page-range'

const date = new Date(0)
const id = 'm' as never

describe('what a page is asked by', () => {
  it.each<[PageRange, object]>([
    [{}, { place: { kind: 'end' }, size: 50 }],
    [
      { before: null, after: null, aroundUnread: false, last: 7 },
      { place: { kind: 'end' }, size: 7 },
    ],
    [
      { before: 3, last: 100 },
      { place: { kind: 'before', line: 3 }, size: 100 },
    ],
    [
      { after: 0, first: 1 },
      { place: { kind: 'after', line: 0 }, size: 1 },
    ],
    [{ around: 2_147_483_647 }, { place: { kind: 'around', line: 2_147_483_647 }, size: 50 }],
    [{ aroundMessage: id }, { place: { kind: 'message', id }, size: 50 }],
    [{ aroundDate: date }, { place: { kind: 'date', date }, size: 50 }],
    [
      { aroundUnread: true, last: 9 },
      { place: { kind: 'unread' }, size: 9 },
    ],
  ])('%j is one place and one size', (range, slice) => {
    expect(sliceOf(range)).toEqual(slice)
  })

  it.each<PageRange>([
    { before: 1, after: 1 },
    { around: 1, aroundUnread: true },
    { aroundMessage: id, aroundDate: date },
    { after: 1, first: 1, last: 1 },
    { last: 1, first: 1 },
    { first: 5 },
    { before: 9, first: 5 },
    { around: 9, first: 5 },
    { after: 9, last: 5 },
    { last: 0 },
    { last: 101 },
    { last: -1 },
    { after: 1, first: 0 },
    { before: 0 },
    { after: -1 },
    { around: 0 },
    { around: -2_147_483_648 },
  ])('%j is refused', (range) => {
    expect(() => sliceOf(range)).toThrow(DomainError)
  })
})

describe('the lines of a page', () => {
  const count = fc.integer({ min: 0, max: 300 })
  const size = fc.integer({ min: 1, max: 100 })
  const line = fc.integer({ min: 1, max: 400 })

  it('are bounded, exist, and stand at their place', () => {
    fc.assert(
      fc.property(line, size, count, (at, most, lines) => {
        for (const rangeOf of [linesBefore, linesAfter, linesAround]) {
          const { from, to } = rangeOf(at, most, lines)
          expect(from).toBeGreaterThanOrEqual(1)
          expect(to).toBeLessThanOrEqual(lines)
          expect(to - from + 1).toBeLessThanOrEqual(most)
          expect(to - from + 1).toBeGreaterThanOrEqual(0)
        }
        expect(linesBefore(at, most, lines).to).toBe(Math.min(at - 1, lines))
        expect(linesAfter(at, most, lines).from).toBe(Math.min(at, lines) + 1)
        const around = linesAround(Math.min(at, lines), most, lines)
        if (lines > 0) expect(around.from <= Math.min(at, lines) && around.to >= Math.min(at, lines)).toBe(true)
        expect(around.to - around.from + 1).toBe(Math.min(most, lines))
      }),
    )
  })

  it('one page after the other are all lines, in both directions', () => {
    fc.assert(
      fc.property(size, count, (most, lines) => {
        const back: number[] = []
        for (let at = lines + 1; at > 1;) {
          const { from, to } = linesBefore(at, most, lines)
          back.unshift(...Array.from({ length: to - from + 1 }, (_, index) => from + index))
          at = from
        }
        const forth: number[] = []
        for (let at = 0; at < lines;) {
          const { from, to } = linesAfter(at, most, lines)
          forth.push(...Array.from({ length: to - from + 1 }, (_, index) => from + index))
          at = to
        }
        expect(back).toEqual(forth)
        expect(forth).toHaveLength(lines)
      }),
    )
  })
})
