import fc from 'fast-check'
import { newUserId } from '../testing/sample-accounts'
import {
  afterSign,
  noSettings,
  noSigns,
  type PresenceRecord,
  presenceOf,
  type Sign,
  stateEndsAt,
  stateOf,
} from './presence'

const sign = (connectionId: string, isActive: boolean, until: number): Sign => ({ connectionId, isActive, until })
const record = (...signs: Sign[]): PresenceRecord => ({ signs, seenAt: 40 })

describe('presence', () => {
  it.each([
    ['online while one device is in use', record(sign('a', true, 101), sign('b', false, 500)), 'online', 101],
    ['away when all that are connected are idle', record(sign('a', true, 100), sign('b', false, 500)), 'away', 500],
    ['offline when no device counts', record(sign('a', true, 100), sign('b', false, 99)), 'offline', null],
    ['offline without a device', noSigns, 'offline', null],
    ['online until the last active device ends', record(sign('a', true, 300), sign('b', true, 200)), 'online', 300],
  ] as const)('is %s', (_what, known, state, endsAt) => {
    expect(stateOf(known, 100)).toBe(state)
    expect(stateEndsAt(known, 100)).toBe(endsAt)
  })

  it('changes by itself at its end and not before, whatever the devices', () => {
    const signs = fc.array(fc.record({ connectionId: fc.uuid(), isActive: fc.boolean(), until: fc.nat(1_000) }))
    fc.assert(
      fc.property(signs, fc.nat(1_000), fc.nat(1_000), (all, now, later) => {
        const known = record(...all)
        const endsAt = stateEndsAt(known, now)
        const at = now + later
        if (endsAt === null || at < endsAt) expect(stateOf(known, at)).toBe(stateOf(known, now))
        if (endsAt !== null) expect(stateOf(known, endsAt)).not.toBe(stateOf(known, now))
      }),
      { seed: 11 },
    )
  })

  it('remembers when a device was last in use', () => {
    const used = afterSign(noSigns, sign('a', true, 90), 10)
    expect(used.seenAt).toBe(10)
    expect(afterSign(used, sign('b', false, 900), 200)).toEqual({ signs: [sign('b', false, 900)], seenAt: 10 })
    expect(afterSign(used, sign('a', true, 50), 20).signs).toEqual([sign('a', true, 50)])
  })

  describe('as others see it', () => {
    const [ann, ben] = [newUserId(), newUserId()]
    const open = { viewerId: ben, isHidden: false }
    const known = { record: record(sign('a', false, 500)), settings: noSettings }
    const unknown = { state: 'unknown', lastSeenAt: null }

    it('has the state, and when they were last seen unless they are online', () => {
      expect(presenceOf(ann, known, open, 100)).toEqual({
        userId: ann,
        state: 'away',
        lastSeenAt: new Date(40),
        status: null,
        isHidden: null,
      })
      const online = { ...known, record: record(sign('a', true, 500)) }
      expect(presenceOf(ann, online, open, 100)).toMatchObject({ state: 'online', lastSeenAt: null })
    })

    it('is unknown when it is hidden, by the person or by the viewer, and when devices cannot be known', () => {
      const hidden = { ...known, settings: { isHidden: true, status: null } }
      expect(presenceOf(ann, hidden, open, 100)).toMatchObject({ ...unknown, isHidden: null })
      expect(presenceOf(ann, known, { ...open, isHidden: true }, 100)).toMatchObject(unknown)
      expect(presenceOf(ann, { ...known, record: null }, open, 100)).toMatchObject(unknown)
      expect(presenceOf(ann, hidden, { viewerId: ann, isHidden: true }, 100)).toMatchObject({
        state: 'away',
        isHidden: true,
      })
    })

    it('has the status until it expires, also of people who hide their presence', () => {
      const status = { emoji: null, text: 'Lunch', expiresAt: new Date(150) }
      const hidden = { ...known, settings: { isHidden: true, status } }
      expect(presenceOf(ann, hidden, open, 149).status).toEqual(status)
      expect(presenceOf(ann, hidden, open, 150).status).toBeNull()
    })
  })
})
