import type { FastifyReply } from 'fastify'
import type { UserEnv } from '../env'
import { refreshTokenIn, SessionCookies } from './session-cookies'

function setBy(secure: boolean, act: (cookies: SessionCookies, reply: FastifyReply) => void): readonly string[] {
  const set: string[] = []
  const reply = { header: (_: string, value: string | string[]) => set.push(...[value].flat()) }
  act(new SessionCookies({ COOKIE_SECURE: secure } as UserEnv), reply as unknown as FastifyReply)
  return set
}

const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000)

describe('SessionCookies', () => {
  const accessToken = { value: 'a.b.c', expiresAt: inMinutes(10) }

  it('are Secure when the environment says so', () => {
    const grant = { accessToken, refreshToken: { value: 'xyz', expiresAt: inMinutes(60) } }
    expect(setBy(true, (cookies, reply) => cookies.keep(reply, { grant }))).toEqual([
      'parley_access=a.b.c; Max-Age=600; Path=/graphql; HttpOnly; SameSite=Lax; Secure',
      'parley_refresh=xyz; Max-Age=3600; Path=/graphql; HttpOnly; SameSite=Lax; Secure',
    ])
  })
  it('leave the refresh token of another tab alone', () => {
    expect(
      setBy(false, (cookies, reply) => cookies.keep(reply, { grant: { accessToken, refreshToken: null } })),
    ).toHaveLength(1)
  })
  it('are not touched by a result that grants nothing', () => {
    expect(setBy(false, (cookies, reply) => cookies.keep(reply, { type: 'invalid-credentials' }))).toEqual([])
  })
  it('are cleared under the same path', () => {
    expect(setBy(false, (cookies, reply) => cookies.clear(reply))).toEqual([
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
