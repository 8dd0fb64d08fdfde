import fc from 'fast-check'
import { afterOwnLine, afterReading, maxOwnLines, type ReadState, unread, unreadLines } from './read-state'

const me = 1
const other = 0
/** The author of each line, from the first. */
const authors = fc.array(fc.constantFrom(me, other), { maxLength: 40 })

type Step = { readonly own: number } | { readonly read: number }
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

  it('never moves back', () => {
    expect(afterReading(afterReading(unread, 7), 3)).toEqual({ readLine: 7, ownLines: [] })
  })

  it('stays small for those who write and never read', () => {
    const lines = Array.from({ length: 3 * maxOwnLines }, (_, index) => 2 * (index + 1))
    const state = lines.reduce(afterOwnLine, unread)
    expect(state.ownLines.length).toBeLessThanOrEqual(maxOwnLines)
    expect(unreadLines(state, 6 * maxOwnLines)).toBeLessThanOrEqual(6 * maxOwnLines)
  })
})
