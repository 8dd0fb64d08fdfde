import { InvalidFields } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'
import { laterMute, muteAt, muteEnd, unmuted } from './mute'

const now = new Date('2026-11-29T12:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const year = limits.muteDays * 86_400_000

describe('a mute', () => {
  it('ends by itself, at its time and not before', () => {
    const mute = { isMuted: true, until: after(1), revision: 3 }
    expect(muteAt(mute, now)).toBe(mute)
    expect(muteAt(mute, after(1))).toEqual({ isMuted: false, until: null, revision: 3 })
    const forEver = { isMuted: true, until: null, revision: 1 }
    expect(muteAt(forEver, after(10 * year))).toBe(forEver)
    expect(muteAt(unmuted, now)).toBe(unmuted)
  })

  it('is the one that was made last, whatever is heard first', () => {
    const [first, second] = [
      { isMuted: true, until: null, revision: 1 },
      { isMuted: false, until: null, revision: 2 },
    ]
    expect(laterMute(first, second)).toBe(second)
    expect(laterMute(second, first)).toBe(second)
  })

  it('has an end in the future, within a year, or none', () => {
    expect(muteEnd(null, now)).toBeNull()
    expect(muteEnd(after(1), now)).toEqual(after(1))
    expect(muteEnd(after(year), now)).toEqual(after(year))
    for (const until of [now, after(-1), new Date(0), after(year + 1), new Date(8.64e15)])
      expect(() => muteEnd(until, now)).toThrow(InvalidFields)
  })
})
