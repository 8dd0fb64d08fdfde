import { clockTime } from '../../../lib/time'
import { unreadWords } from './unread-words'

const now = new Date(2026, 10, 24, 15, 30)
const morning = (day: number, year = 2026) => new Date(year, 10, day, 8, 31)
const clock = clockTime(morning(24))

describe('the words of the bar', () => {
  it('say how much is unread since when, with the day when that is another one', () => {
    expect(unreadWords(200, morning(24), now)).toBe(`200 new since ${clock}`)
    expect(unreadWords(1, morning(23), now)).toBe(`1 new since yesterday at ${clock}`)
    expect(unreadWords(2, morning(20), now)).toBe(`2 new since Friday at ${clock}`)
    expect(unreadWords(5_000, morning(3), now)).toMatch(/^5,000 new since .*3(?!.*2026)/)
    expect(unreadWords(2, morning(3, 2024), now)).toMatch(/2024$/)
  })

  it('say so much as is known', () => {
    expect(unreadWords(1, null, now)).toBe('1 new message')
    expect(unreadWords(600, null, now)).toBe('600 new messages')
  })
})
