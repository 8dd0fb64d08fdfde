import type { UserId } from '@parley/kernel/ids'
import {
  decideRefresh,
  graceMs,
  repeatMs,
  type PresentedToken,
  type RefreshDecision,
  refreshExpiry,
  refreshLifetimeMs,
} from './session'

const now = new Date('2026-11-24T12:00:00Z')
const later = (ms: number): Date => new Date(now.getTime() + ms)
const owner = { sessionId: 'session', userId: 'anna' as UserId }
const fresh: PresentedToken = {
  ...owner,
  sessionRevokedAt: null,
  replacedAt: null,
  expiresAt: refreshExpiry(now),
  successor: null,
}

const unused = { usedAt: null, expiresAt: refreshExpiry(now) }

const given = (token: PresentedToken | null) => ({
  whenPresented: (at: Date) => ({
    then: (decision: RefreshDecision) => expect(decideRefresh(token, at)).toEqual(decision),
  }),
})
const refuse: RefreshDecision = { type: 'refuse' }

describe('presenting a refresh token', () => {
  it('rotates the current one', () =>
    given(fresh)
      .whenPresented(later(1))
      .then({ type: 'rotate', ...owner }))
  it('refuses an unknown token', () => given(null).whenPresented(now).then(refuse))
  it('accepts it until just before it expires', () => {
    given(fresh)
      .whenPresented(later(refreshLifetimeMs - 1))
      .then({ type: 'rotate', ...owner })
    given(fresh).whenPresented(later(refreshLifetimeMs)).then(refuse)
  })
  it('refuses every token of a revoked session', () => {
    given({ ...fresh, sessionRevokedAt: now })
      .whenPresented(later(1))
      .then(refuse)
    given({ ...fresh, sessionRevokedAt: now, replacedAt: now })
      .whenPresented(later(graceMs + 1))
      .then(refuse)
  })
  it.each([0, 1_000, 15_000, 60_000, repeatMs])(
    'repeats the answer after %i ms while the next token is unused',
    (ms) => {
      given({ ...fresh, replacedAt: now, successor: unused })
        .whenPresented(later(ms))
        .then({ type: 'repeat', ...owner, expiresAt: unused.expiresAt })
    },
  )
  it('treats a token that is reused after a day as stolen', () => {
    given({ ...fresh, replacedAt: now, successor: unused })
      .whenPresented(later(repeatMs + 1))
      .then({ type: 'revoke', sessionId: 'session' })
  })
  it('answers the slower of two tabs after the faster one has refreshed again', () => {
    const replaced = { ...fresh, replacedAt: now, successor: { ...unused, usedAt: later(60_000) } }
    given(replaced)
      .whenPresented(later(60_000 + graceMs))
      .then({ type: 'access-only', ...owner })
    given(replaced)
      .whenPresented(later(60_001 + graceMs))
      .then({ type: 'revoke', sessionId: 'session' })
  })
  it('is strict with a token of unknown successor: one of an older release or another secret', () => {
    given({ ...fresh, replacedAt: now })
      .whenPresented(later(graceMs))
      .then({ type: 'access-only', ...owner })
    given({ ...fresh, replacedAt: now })
      .whenPresented(later(graceMs + 1))
      .then({ type: 'revoke', sessionId: 'session' })
  })
  it('tolerates an instance whose clock is behind', () => {
    given({ ...fresh, replacedAt: later(500), successor: unused })
      .whenPresented(now)
      .then({ type: 'repeat', ...owner, expiresAt: unused.expiresAt })
  })
})
