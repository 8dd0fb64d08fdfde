import type { UserId } from '@parley/kernel/ids'
import {
  decideRefresh,
  graceMs,
  type PresentedToken,
  type RefreshDecision,
  refreshExpiry,
  refreshLifetimeMs,
} from './session'

const now = new Date('2026-11-24T12:00:00Z')
const later = (ms: number): Date => new Date(now.getTime() + ms)
const owner = { sessionId: 'session', userId: 'anna' as UserId }
const fresh: PresentedToken = { ...owner, sessionRevokedAt: null, replacedAt: null, expiresAt: refreshExpiry(now) }

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
  it('refuses what nobody issued', () => given(null).whenPresented(now).then(refuse))
  it('serves until its last moment and not in it', () => {
    given(fresh)
      .whenPresented(later(refreshLifetimeMs - 1))
      .then({ type: 'rotate', ...owner })
    given(fresh).whenPresented(later(refreshLifetimeMs)).then(refuse)
  })
  it('refuses every token of a session that is over', () => {
    given({ ...fresh, sessionRevokedAt: now })
      .whenPresented(later(1))
      .then(refuse)
    given({ ...fresh, sessionRevokedAt: now, replacedAt: now })
      .whenPresented(later(graceMs + 1))
      .then(refuse)
  })
  it('answers the slower of two tabs', () => {
    given({ ...fresh, replacedAt: now })
      .whenPresented(now)
      .then({ type: 'answer-again', ...owner })
    given({ ...fresh, replacedAt: now })
      .whenPresented(later(graceMs))
      .then({ type: 'answer-again', ...owner })
  })
  it('ends the session of a token that is used again after that', () => {
    given({ ...fresh, replacedAt: now })
      .whenPresented(later(graceMs + 1))
      .then({ type: 'revoke', sessionId: 'session' })
  })
  it('is lenient with an instance whose clock is behind', () => {
    given({ ...fresh, replacedAt: later(500) })
      .whenPresented(now)
      .then({ type: 'answer-again', ...owner })
  })
})
