import { ada, bob, messageSent } from '../../../testing/timeline-log'
import { linesOnScreen, rowAfterLine } from './on-screen'
import { threadRows, timelineRows } from './rows'

const base = { echoes: [], quotes: new Map(), viewer: ada, readLine: null, complete: true }
const lines = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => messageSent(first + index, first + index, { actor: bob }))

/** Rows of 100 pixels each, except for these. */
function heights(others: Readonly<Record<number, number>> = {}) {
  const size = (index: number) => others[index] ?? 100
  const offset = (index: number) =>
    Array.from({ length: index }, (_, before) => size(before)).reduce((a, b) => a + b, 0)
  return { size, offset }
}

describe('the lines on the screen', () => {
  // The day, and the lines 1 to 20.
  const rows = timelineRows({ ...base, events: lines(1, 20) })

  it('are those of which most is to be seen', () => {
    expect(linesOnScreen(rows, heights(), { from: 100, to: 500 })).toEqual({ first: 1, last: 4 })
    expect(linesOnScreen(rows, heights(), { from: 130, to: 550 })).toEqual({ first: 1, last: 4 })
    expect(linesOnScreen(rows, heights(), { from: 150, to: 570 })).toEqual({ first: 2, last: 5 })
    expect(linesOnScreen(rows, heights(), { from: 150, to: 570 }, 1)).toEqual({ first: 2, last: 5 })
  })

  it('are those that are taller than the window too, when they fill most of it', () => {
    const tall = heights({ 3: 1_000 })
    expect(linesOnScreen(rows, tall, { from: 100, to: 500 })).toEqual({ first: 1, last: 2 })
    expect(linesOnScreen(rows, tall, { from: 500, to: 900 })).toEqual({ first: 3, last: 3 })
  })

  it('are none where there is no line, such as at a day, or at what is not sent yet', () => {
    expect(linesOnScreen(rows, heights({ 0: 500 }), { from: 0, to: 400 })).toBeNull()
    const item = {
      clientId: 'k',
      conversationId: 'c',
      text: '',
      at: '2026-11-30T12:00:00Z',
      status: 'pending' as const,
    }
    const unsent = timelineRows({ ...base, events: [], echoes: [item] })
    expect(linesOnScreen(unsent, heights(), { from: 0, to: 400 })).toBeNull()
    expect(linesOnScreen([], heights(), { from: 0, to: 400 })).toBeNull()
  })

  it('are those of the thread, and not that of its message', () => {
    const replies = timelineRows({ ...base, events: lines(1, 3) })
    const thread = threadRows([messageSent(40)], replies, { viewer: ada, quotes: new Map(), hasEarlier: false })
    expect(linesOnScreen(thread, heights(), { from: 0, to: 2_000 })).toEqual({ first: 1, last: 3 })
  })

  it('end before the row of the next one', () => {
    expect(rowAfterLine(rows, 4)).toBe(5)
    expect(rowAfterLine(rows, 0)).toBe(1)
    expect(rowAfterLine(rows, 20)).toBe(-1)
  })
})
