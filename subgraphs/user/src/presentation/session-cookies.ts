import { Injectable } from '@nestjs/common'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { KnownDevices } from '../application/known-devices'
import type { SessionGrant } from '../application/session-grants'
import type { User } from '../domain/account'
import { InjectUserEnv, type UserEnv } from '../env'

const accessCookie = 'parley_access'
const refreshCookie = 'parley_refresh'
const deviceCookie = 'parley_device'
/** The longest that browsers keep a cookie. */
const deviceSeconds = 400 * 86_400

type WithCookies = Pick<FastifyRequest, 'headers'>

const valueIn =
  (name: string, pattern: RegExp) =>
  ({ headers: { cookie = '' } }: WithCookies): string | null => {
    const value = parseCookie(cookie)[name]
    return value !== undefined && pattern.test(value) ? value : null
  }

export const refreshTokenIn = valueIn(refreshCookie, /^[\w-]+$/)
/** Proves that an account has signed in on this browser before. */
export const deviceCookieIn = valueIn(deviceCookie, /^[\w.-]+$/)

/** The only place where tokens leave this subgraph: cookies that no script can read. */
@Injectable()
export class SessionCookies {
  constructor(
    private readonly devices: KnownDevices,
    @InjectUserEnv() private readonly env: UserEnv,
  ) {}

  /** Sets the granted tokens, adds the account to the device cookie, and returns the session. */
  keep<Session extends { readonly grant: SessionGrant; readonly user: Pick<User, 'username'> }>(
    { request, reply }: { readonly request: WithCookies; readonly reply: FastifyReply },
    session: Session,
  ): Session {
    this.#set(reply, session.grant)
    const device = this.devices.afterSignIn(deviceCookieIn(request), session.user.username)
    if (device !== null) reply.header('set-cookie', this.#cookie(deviceCookie, device, deviceSeconds))
    return session
  }

  /** The device cookie stays, because the same user will probably log in again. */
  clear(reply: FastifyReply): void {
    reply.header('set-cookie', [this.#cookie(accessCookie, '', 0), this.#cookie(refreshCookie, '', 0)])
  }

  #set(reply: FastifyReply, { accessToken, refreshToken }: SessionGrant): void {
    reply.header('set-cookie', this.#cookie(accessCookie, accessToken.value, secondsUntil(accessToken.expiresAt)))
    if (refreshToken === null) return
    reply.header('set-cookie', this.#cookie(refreshCookie, refreshToken.value, secondsUntil(refreshToken.expiresAt)))
  }

  #cookie(name: string, value: string, maxAge: number): string {
    const secure = this.env.COOKIE_SECURE
    return stringifySetCookie({ name, value, maxAge, path: '/graphql', httpOnly: true, sameSite: 'lax', secure })
  }
}

const secondsUntil = (instant: Date): number => Math.max(0, Math.round((instant.getTime() - Date.now()) / 1_000))
