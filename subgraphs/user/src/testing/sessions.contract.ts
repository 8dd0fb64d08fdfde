import { randomBytes, randomUUID } from 'node:crypto'
import type { UserId } from '@parley/kernel/ids'
import type { Sessions, StoredToken } from '../application/sessions'
import { RefreshTokens } from '../application/refresh-tokens'
import { decideRefresh, graceMs } from '../domain/session'

const start = new Date('2026-11-24T12:00:00Z')
const after = (ms: number): Date => new Date(start.getTime() + ms)
const tokens = new RefreshTokens(randomBytes(32))
const tokenAt = (at: Date): StoredToken => tokens.first(at).stored

/** The contract of Sessions: run on the fake and on PostgreSQL. */
export function sessionsContract(sessions: () => Sessions, newUser: () => Promise<UserId>): void {
  async function opened() {
    const session = { sessionId: randomUUID(), userId: await newUser(), first: tokenAt(start) }
    await sessions().open(session.sessionId, session.userId, session.first)
    return session
  }
  const present = (hash: string, at: Date, next = tokenAt(at)) =>
    sessions().present(hash, next, (presented) => decideRefresh(presented, at))

  it('refuses an unknown token', async () => {
    expect(await present('unknown', start)).toEqual({ type: 'refuse' })
    expect(await sessions().sessionIdOf('unknown')).toBeNull()
  })

  it('rotates: the next token is valid and belongs to the same session', async () => {
    const { sessionId, userId, first } = await opened()
    const second = tokenAt(after(1))
    expect(await present(first.hash, after(1), second)).toEqual({ type: 'rotate', sessionId, userId })
    expect(await sessions().sessionIdOf(second.hash)).toBe(sessionId)
    expect(await present(second.hash, after(2))).toEqual({ type: 'rotate', sessionId, userId })
  })

  it('rotates a token once for concurrent callers, and gives all the same answer', async () => {
    const { first } = await opened()
    const next = tokenAt(after(1))
    const decisions = await Promise.all(Array.from({ length: 6 }, () => present(first.hash, after(1), next)))
    expect(decisions.map(({ type }) => type).sort()).toEqual([...Array.from({ length: 5 }, () => 'repeat'), 'rotate'])
    expect(decisions.find(({ type }) => type === 'repeat')).toMatchObject({ expiresAt: next.expiresAt })
  })

  it('gives the same answer until the next token is used, then an access token for a moment', async () => {
    const { first } = await opened()
    const [second, third] = [tokenAt(after(1)), tokenAt(after(60_001))]
    await present(first.hash, after(1), second)
    expect(await present(first.hash, after(60_000), second)).toMatchObject({ type: 'repeat' })
    expect(await present(second.hash, after(60_001), third)).toMatchObject({ type: 'rotate' })
    expect(await present(first.hash, after(60_002), second)).toMatchObject({ type: 'access-only' })
    expect(await present(second.hash, after(60_003), third)).toMatchObject({ type: 'repeat' })
    expect(await present(first.hash, after(60_002 + graceMs), second)).toMatchObject({ type: 'revoke' })
    expect(await present(third.hash, after(60_003 + graceMs))).toEqual({ type: 'refuse' })
  })

  it('ends the whole session when a replaced token comes back late', async () => {
    const { sessionId, first } = await opened()
    const second = tokenAt(after(1))
    await present(first.hash, after(1), second)
    expect(await present(first.hash, after(2 + graceMs))).toEqual({ type: 'revoke', sessionId })
    expect(await present(second.hash, after(3 + graceMs))).toEqual({ type: 'refuse' })
    expect(await sessions().revoke(sessionId, after(4 + graceMs))).toBe(false)
  })

  it('lists revoked sessions, and with a cursor those revoked since', async () => {
    const [one, other] = [await opened(), await opened()]
    await sessions().revoke(one.sessionId, after(1))
    const all = await sessions().revokedSince(start, null)
    expect(all.sessionIds).toContain(one.sessionId)
    expect(all.sessionIds).not.toContain(other.sessionId)
    expect((await sessions().revokedSince(after(1), null)).sessionIds).not.toContain(one.sessionId)
    // A reused token revokes its session too, like a log-out.
    await present(other.first.hash, after(2))
    await present(other.first.hash, after(3 + graceMs))
    let since = await sessions().revokedSince(start, all.cursor)
    expect(since.sessionIds).toContain(other.sessionId)
    // Repeated while an older transaction is still running anywhere on the server.
    while (since.sessionIds.length > 0) since = await sessions().revokedSince(start, since.cursor)
    expect((await sessions().revokedSince(start, '9'.repeat(19))).sessionIds).toContain(one.sessionId)
  })

  it('revokes once, and other sessions of the same user continue', async () => {
    const { sessionId, userId, first } = await opened()
    const other = { sessionId: randomUUID(), first: tokenAt(start) }
    await sessions().open(other.sessionId, userId, other.first)
    expect(await sessions().revoke(sessionId, after(1))).toBe(true)
    expect(await sessions().revoke(sessionId, after(2))).toBe(false)
    expect(await present(first.hash, after(3))).toEqual({ type: 'refuse' })
    expect(await present(other.first.hash, after(3))).toEqual({ type: 'rotate', sessionId: other.sessionId, userId })
  })
}
