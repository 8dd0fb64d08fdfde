import fc from 'fast-check'
import {
  afterOwnLine,
  afterReading,
  afterUnreading,
  firstUnreadLine,
  latest,
  maxOwnLines,
  type ReadState,
  unread,
  unreadLines,
} from './read-state'

const me = 1
const other = 0
/** The author of each line, from the first. */
const authors = fc.array(fc.constantFrom(me, other), { maxLength: 40 })

type Step = { readonly own: number } | { readonly read: number }
type Marking = { readonly revision: number; readonly line: number; readonly unreads: boolean }
const play = (steps: readonly Step[]): ReadState =>
  steps.reduce(
    (state, step) => ('own' in step ? afterOwnLine(state, step.own) : afterReading(state, step.read)),
    unread,
  )

const ownLines = (made: readonly number[]) => made.flatMap((author, index) => (author === me ? [index + 1] : []))

describe('a read state', () => {
  it('I6: equals a recount of the lines, for any order and any number of deliveries of the steps', () => {
    const story = authors.chain((made) =>
      fc.record({
        made: fc.constant(made),
        reads: fc.array(fc.integer({ min: 0, max: made.length }), { maxLength: 5 }),
        again: fc.nat({ max: 3 }),
        seed: fc.infiniteStream(fc.nat()),
      }),
    )
    fc.assert(
      fc.property(story, ({ made, reads, again, seed }) => {
        const steps: Step[] = [...ownLines(made).map((own) => ({ own })), ...reads.map((read) => ({ read }))]
        const told = [...steps, ...steps.slice(0, again)]
        const shuffled = told.map((step) => ({ step, at: Number(seed.next().value) })).sort((a, b) => a.at - b.at)
        const state = play(shuffled.map(({ step }) => step))
        const read = Math.max(0, ...reads)
        const recount = made.filter((author, index) => author !== me && index + 1 > read).length
        expect(unreadLines(state, made.length)).toBe(recount)
      }),
    )
  })

  it('I6: is one state for what several devices read and mark as unread, in any order and any number of times', () => {
    const line = fc.integer({ min: 1, max: 40 })
    const step = fc.record({ revision: fc.nat({ max: 3 }), line, unreads: fc.boolean() })
    // A device can only know a revision that a mark has made.
    const isPossible = ({ revision, unreads }: Marking, steps: readonly Marking[]) =>
      unreads || revision === 0 || steps.some((other) => other.unreads && other.revision === revision - 1)
    const possible = fc.array(step, { maxLength: 12 }).map((steps) => steps.filter((one) => isPossible(one, steps)))
    const told = fc.record({ steps: possible, again: fc.nat({ max: 12 }) })
    fc.assert(
      fc.property(authors, told, fc.infiniteStream(fc.nat()), (made, { steps, again }, seed) => {
        const lines = made.length
        const tell = (state: ReadState, { revision, line, unreads }: Marking) => {
          const known = Math.min(line, lines)
          const own = ownLines(made).filter((one) => one >= known)
          return unreads && known > 0
            ? afterUnreading(state, { revision, line: known, lines, ownLines: own })
            : afterReading(state, known, revision)
        }
        const shuffled = [...steps, ...steps.slice(0, again)]
          .map((step) => ({ step, at: Number(seed.next().value) }))
          .sort((one, other) => one.at - other.at)
          .map(({ step }) => step)
        const begun = ownLines(made).reduce(afterOwnLine, unread)
        const state = steps.reduce(tell, begun)
        expect(shuffled.reduce(tell, begun)).toEqual(state)
        // Two processes know some each.
        const half = Math.floor(shuffled.length / 2)
        const parts = [shuffled.slice(0, half), shuffled.slice(half)].map((part) => part.reduce(tell, begun))
        expect(parts.reduce(latest)).toEqual(state)
        const recount = made.filter((author, index) => author !== me && index + 1 > state.readLine).length
        expect(unreadLines(state, lines)).toBe(recount)
      }),
      { seed: 11 },
    )
  })

  it('moves back by a mark, which what was read before and arrives later does not undo', () => {
    const read = afterReading(afterOwnLine(unread, 4), 10, 0)
    const marked = afterUnreading(read, { revision: 0, line: 3, lines: 10, ownLines: [4] })
    expect([firstUnreadLine(marked), unreadLines(marked, 10)]).toEqual([3, 7])
    const late = afterReading(marked, 10, 0)
    expect(late).toEqual(marked)
    // Own lines that follow the position are read.
    expect(afterReading(marked, 3, 1)).toMatchObject({ revision: 1, readLine: 4, ownLines: [] })
    const again = afterReading(marked, 10, 1)
    expect(unreadLines(again, 10)).toBe(0)
    // A retry of the mark.
    expect(afterUnreading(again, { revision: 0, line: 3, lines: 10, ownLines: [4] })).toEqual(again)
    expect(afterUnreading(again, { revision: 1, line: 9, lines: 10, ownLines: [] })).toMatchObject({ readLine: 8 })
  })

  it('takes lines that were not there at the mark from clients that know no revision', () => {
    const marked = afterUnreading(afterReading(unread, 10), { revision: 0, line: 5, lines: 10, ownLines: [] })
    expect(afterReading(marked, 10)).toEqual(marked)
    expect(afterReading(marked, 11)).toMatchObject({ revision: 1, readLine: 11 })
  })

  it('never moves back by reading', () => {
    expect(afterReading(afterReading(unread, 7), 3)).toEqual({ ...unread, readLine: 7 })
  })

  it('stays small for those who write and never read', () => {
    const lines = Array.from({ length: 3 * maxOwnLines }, (_, index) => 2 * (index + 1))
    const state = lines.reduce(afterOwnLine, unread)
    expect(state.ownLines.length).toBeLessThanOrEqual(maxOwnLines)
    expect(unreadLines(state, 6 * maxOwnLines)).toBeLessThanOrEqual(6 * maxOwnLines)
  })
})
