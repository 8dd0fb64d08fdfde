import type { FastifyReply } from 'fastify'
import { KnownDevices } from '../application/known-devices'
import type { Username } from '../domain/account'
import type { UserEnv } from '../env'
import { deviceCookieIn, refreshTokenIn, SessionCookies } from './session-cookies'

type Http = Parameters<SessionCookies['keep']>[0]

const devices = new KnownDevices(Buffer.alloc(32, 1))

function setBy(
  secure: boolean,
  act: (cookies: SessionCookies, http: Http) => void,
  cookie?: string,
): readonly string[] {
  const set: string[] = []
  const reply = { header: (_: string, value: string | string[]) => set.push(...[value].flat()) }
  const http = { request: { headers: { cookie } }, reply: reply as unknown as FastifyReply }
  act(new SessionCookies(devices, { COOKIE_SECURE: secure } as UserEnv), http)
  return set
}

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000)

describe('SessionCookies', () => {
  const user = { username: 'anna' as Username }
  const accessToken = { value: 'a.b.c', expiresAt: inMinutes(10) }

  it('are Secure when the environment says so', () => {
    const grant = { accessToken, refreshToken: { value: 'xyz', expiresAt: inMinutes(60) } }
    expect(setBy(true, (cookies, http) => cookies.keep(http, { grant, user }))).toEqual([
      'parley_access=a.b.c; Max-Age=600; Path=/graphql; HttpOnly; Secure; SameSite=Lax',
      'parley_refresh=xyz; Max-Age=3600; Path=/graphql; HttpOnly; Secure; SameSite=Lax',
      expect.stringMatching(
        /^parley_device=[\w.-]{45}; Max-Age=34560000; Path=\/graphql; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ])
  })
  it('keep the refresh token of another tab and the cookie of a known device', () => {
    const cookie = `parley_device=${devices.afterSignIn(null, 'anna')}`
    const grant = { accessToken, refreshToken: null }
    const [access, ...more] = setBy(false, (cookies, http) => cookies.keep(http, { grant, user }), cookie)
    expect(access).toMatch(/^parley_access=/)
    expect(more).toEqual([])
  })
  it('are cleared under the same path', () => {
    expect(setBy(false, (cookies, { reply }) => cookies.clear(reply))).toEqual([
      'parley_access=; Max-Age=0; Path=/graphql; HttpOnly; SameSite=Lax',
      'parley_refresh=; Max-Age=0; Path=/graphql; HttpOnly; SameSite=Lax',
    ])
  })
})

describe('refreshTokenIn', () => {
  it.each([
    [undefined, null],
    ['other=1', null],
    ['parley_refresh=', null],
    ['parley_refresh=abc-_9', 'abc-_9'],
    ['a=1; parley_refresh=abc; b=2', 'abc'],
    ['not_parley_refresh=abc', null],
    ['parley_refresh=a"b', null],
  ])('finds in %j %j', (cookie, token) => expect(refreshTokenIn({ headers: { cookie } })).toBe(token))
})

it('finds the cookie of the device', () => {
  const cookie = devices.afterSignIn(null, 'anna') ?? ''
  expect(deviceCookieIn({ headers: { cookie: `a=1; parley_device=${cookie}; parley_refresh=x` } })).toBe(cookie)
  expect(deviceCookieIn({ headers: { cookie: 'parley_device=a"b' } })).toBeNull()
})
