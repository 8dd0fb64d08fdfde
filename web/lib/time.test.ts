import { clockTime, dayKey, dayLabel, shortTime, untilTime } from './time'

const now = new Date(2026, 10, 24, 15, 30)
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

describe('time', () => {
  it('is as short as a list needs it', () => {
    expect(shortTime(minutesAgo(0), now)).toBe('now')
    expect(shortTime(minutesAgo(-2), now)).toBe('now')
    expect(shortTime(minutesAgo(5), now)).toBe('5m')
    expect(shortTime(minutesAgo(120), now)).toBe(clockTime(minutesAgo(120)))
    expect(shortTime(new Date(2026, 10, 23, 23, 59), now)).toBe('Yesterday')
    expect(shortTime(new Date(2026, 10, 20), now)).toMatch(/^Fri/)
  })

  it('says when something ends', () => {
    expect(untilTime(new Date(2026, 10, 24, 23, 59), now)).toBe(clockTime(new Date(2026, 10, 24, 23, 59)))
    expect(untilTime(new Date(2026, 10, 25, 9), now)).toBe(`tomorrow at ${clockTime(new Date(2026, 10, 25, 9))}`)
    expect(untilTime(new Date(2026, 11, 3), now)).toMatch(/3/)
  })

  it('counts days by the calendar', () => {
    expect(dayLabel(new Date(2026, 10, 24, 0, 1), now)).toBe('Today')
    expect(dayLabel(new Date(2026, 10, 23, 23, 59), now)).toBe('Yesterday')
    expect(dayLabel(new Date(2026, 10, 20), now)).toMatch(/20/)
    expect(dayLabel(new Date(2024, 1, 2), now)).toMatch(/2024/)
    expect(dayKey(new Date(2026, 0, 5))).toBe('2026-01-05')
  })
})
