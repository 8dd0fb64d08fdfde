import { isMutedAt } from './mute'

const now = new Date('2026-11-29T12:00:00Z')
const mute = (isMuted: boolean, until: string | null) => ({ isMuted, until, revision: 1 })

describe('a mute', () => {
  it('holds until its time, or for ever', () => {
    expect(isMutedAt(mute(true, null), now)).toBe(true)
    expect(isMutedAt(mute(true, '2026-11-29T12:00:00.001Z'), now)).toBe(true)
    expect(isMutedAt(mute(true, '2026-11-29T12:00:00.000Z'), now)).toBe(false)
  })

  it('is none when it was ended, and while it is not known', () => {
    expect(isMutedAt(mute(false, null), now)).toBe(false)
    expect(isMutedAt(null, now)).toBe(false)
  })
})
