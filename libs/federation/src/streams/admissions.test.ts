import { Admissions, type Guarded } from './admissions'
import type { Viewer } from './frame'
import { ManualClock } from './testing/manual-clock'

describe('Admissions', () => {
  it('ask with the newest token of a session, also after an older one was admitted', async () => {
    const clock = new ManualClock()
    const admissions = new Admissions<Viewer>({ everyMs: 1_000, perSecond: 9, remembered: 9 }, 1_000, clock)
    const asked: number[] = []
    const stream: Guarded<Viewer> = {
      position: 0,
      ask: async ({ expiresAt }) => {
        asked.push(expiresAt)
        return []
      },
      refused: () => undefined,
    }
    const tokenUntil = (expiresAt: number): Viewer => ({ id: 'user', sessionId: 'session', expiresAt })
    admissions.remember(stream, tokenUntil(2))
    admissions.entered(stream, tokenUntil(2))
    admissions.remember(stream, tokenUntil(1))
    await clock.advance(1_000)
    admissions.tick()
    expect(asked).toEqual([2])
  })
})
