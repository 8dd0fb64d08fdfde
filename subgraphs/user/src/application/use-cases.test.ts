import { sessionRevoked } from '@parley/platform/auth/revoked-sessions'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { graceMs } from '../domain/session'
import { FakeIssuer, FakePasswords, FakeRateLimits } from '../testing/fakes'
import { MemoryDirectory } from '../testing/memory-directory'
import { MemorySessions } from '../testing/memory-sessions'
import { newUserId } from '../testing/sample-accounts'
import { FindUsers, FindUsersHandler } from './find-users'
import { KnownDevices } from './known-devices'
import { LogIn, LogInHandler } from './log-in'
import { LogOut, LogOutHandler } from './log-out'
import { RefreshTokens } from './refresh-tokens'
import { RefreshSession, RefreshSessionHandler } from './refresh-session'
import { Register, RegisterHandler } from './register'
import { SessionGrants } from './session-grants'
import { UpdateProfile, UpdateProfileHandler } from './update-profile'

const start = new Date('2026-11-24T12:00:00Z')
const after = (ms: number): Date => new Date(start.getTime() + ms)
const password = 'correct horse battery'

function subgraph() {
  const { accounts, people, events, rows } = new MemoryDirectory()
  const parts = { accounts, people, events, rows, sessions: new MemorySessions(), passwords: new FakePasswords() }
  const [issuer, limits, channels] = [new FakeIssuer(), new FakeRateLimits(), new MemoryChannels()]
  const announced: string[] = []
  void channels.subscribe(sessionRevoked, '', ({ sessionId }) => announced.push(sessionId))
  const tokens = new RefreshTokens(Buffer.alloc(32, 1))
  const devices = new KnownDevices(Buffer.alloc(32, 2))
  const grants = new SessionGrants(parts.sessions, issuer, tokens)
  const registering = new RegisterHandler(limits, parts.accounts, parts.passwords, grants)
  const loggingIn = new LogInHandler(limits, parts.accounts, parts.passwords, grants, devices)
  const refreshing = new RefreshSessionHandler(parts.sessions, issuer, parts.people, channels, tokens)
  const loggingOut = new LogOutHandler(parts.sessions, channels)
  const address = 'home'
  return {
    ...parts,
    limits,
    announced,
    register: (username = 'anna', raw = password) =>
      registering.execute(
        new Register({ username, displayName: 'Anna', password: raw }, { userId: newUserId(), address, at: start }),
      ),
    devices,
    logIn: (username: string, raw: string, deviceCookie: string | null = null) =>
      loggingIn.execute(new LogIn({ username, password: raw }, { address, deviceCookie, at: start })),
    refresh: (token: string | null, at: Date) => refreshing.execute(new RefreshSession(token, at)),
    logOut: (sessionId: string | null, token: string | null) => loggingOut.execute(new LogOut(sessionId, token, start)),
  }
}

async function signedIn() {
  const parts = subgraph()
  const { user, grant } = await parts.register()
  return { ...parts, user, token: grant.refreshToken?.value ?? '' }
}

describe('Register', () => {
  it('creates an account once, publishes an event, and never stores the password', async () => {
    const { register, events, rows, user } = await signedIn()
    expect(events).toEqual([
      expect.objectContaining({ type: 'UserRegistered', subject: user.id, source: '/subgraphs/user' }),
    ])
    await expect(register('ANNA')).rejects.toMatchObject({ code: 'USERNAME_TAKEN', faults: [{ field: 'username' }] })
    expect(events).toHaveLength(1)
    expect(rows.get(user.id)?.passwordHash).not.toBe(password)
  })

  it('refuses invalid input before it counts an attempt', async () => {
    const { register, limits, rows } = subgraph()
    await expect(register('a', 'b')).rejects.toMatchObject({
      code: 'INVALID_FIELD',
      faults: [{ field: 'username' }, { field: 'password' }],
    })
    expect([limits.asked, [...rows]]).toEqual([[], []])
  })
})

describe('LogIn', () => {
  it('opens a session for the right password', async () => {
    const { logIn, user, limits } = await signedIn()
    expect(await logIn(' Anna', password)).toMatchObject({ user })
    expect(limits.asked).toContain('anna from home')
  })

  it('counts all attempts from a known device separately', async () => {
    const { logIn, limits, devices } = await signedIn()
    const cookie = devices.afterSignIn(null, 'anna')
    await expect(logIn(' ANNA', 'a wrong password', cookie)).rejects.toThrow()
    await expect(logIn('ben', password, cookie)).rejects.toThrow()
    expect(limits.asked.slice(-2)).toEqual([`anna from ${devices.deviceOf(cookie, 'anna')}`, 'ben from home'])
  })

  it.each([
    ['anna', 'a wrong password'],
    ['nobody', password],
    ['no name!', password],
  ])('verifies once and answers the same for %j with %j', async (username, raw) => {
    const { logIn, passwords } = await signedIn()
    await expect(logIn(username, raw)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
    expect(passwords.verified).toHaveLength(1)
  })
})

describe('RefreshSession', () => {
  it.each([0, 1_000, 15_000, 60_000])('gives the same answer to the same token after %i ms', async (ms) => {
    const { refresh, token, user } = await signedIn()
    const first = await refresh(token, after(1_000))
    expect(first).toMatchObject({ user, grant: { refreshToken: { value: expect.any(String) as string } } })
    const again = await refresh(token, after(1_000 + ms))
    expect(again.grant.refreshToken).toEqual(first.grant.refreshToken)
    // Both stay valid and lead to the same token.
    const next = first.grant.refreshToken?.value ?? ''
    expect((await refresh(next, after(100_000))).grant.refreshToken?.value).not.toBe(next)
  })

  it('gives only an access token to a tab that is slower than the next refresh', async () => {
    const { refresh, token } = await signedIn()
    const next = (await refresh(token, after(0))).grant.refreshToken?.value ?? ''
    await refresh(next, after(60_000))
    expect((await refresh(token, after(60_000 + graceMs))).grant.refreshToken).toBeNull()
  })

  it('revokes and announces the session of a token that is reused after the next one was used', async () => {
    const { refresh, token, announced } = await signedIn()
    const next = (await refresh(token, after(0))).grant.refreshToken?.value ?? ''
    const last = (await refresh(next, after(1_000))).grant.refreshToken?.value ?? ''
    await expect(refresh(token, after(60_000))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(announced).toHaveLength(1)
    await expect(refresh(last, after(60_001))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(announced).toHaveLength(1)
  })

  it.each([null, '', 'unknown'])('refuses %j', async (token) => {
    await expect(subgraph().refresh(token, start)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

describe('LogOut', () => {
  it('ends the session by either proof, announces it once, and accepts callers without a session', async () => {
    const { logOut, refresh, token, announced } = await signedIn()
    await logOut(null, token)
    await logOut(announced[0] ?? null, token)
    await logOut(null, null)
    expect(announced).toHaveLength(1)
    await expect(refresh(token, after(1))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

describe('UpdateProfile and FindUsers', () => {
  it('refuse invalid input', async () => {
    const { accounts, people, user } = await signedIn()
    const updating = new UpdateProfileHandler(accounts)
    await expect(updating.execute(new UpdateProfile(user.id, '\n', start))).rejects.toMatchObject({
      code: 'INVALID_FIELD',
    })
    await expect(updating.execute(new UpdateProfile(newUserId(), 'Gone', start))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    const finding = new FindUsersHandler(people)
    for (const first of [0, -1, 26]) {
      await expect(finding.execute(new FindUsers(user.id, 'a', first))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    }
    expect(await finding.execute(new FindUsers(newUserId(), ' @ANNA', 25))).toEqual([user])
  })
})
