import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SessionGrant } from '../application/session-grants'
import { InjectUserEnv, type UserEnv } from '../env'

const accessCookie = 'parley_access'
const refreshCookie = 'parley_refresh'
const refreshPattern = new RegExp(String.raw`(?:^|;)\s*${refreshCookie}=([\w-]+)\s*(?:;|$)`)

export const refreshTokenIn = ({ headers }: Pick<FastifyRequest, 'headers'>): string | null =>
  headers.cookie?.match(refreshPattern)?.[1] ?? null

/** The only place where tokens leave this subgraph: cookies that no script can read. */
@Injectable()
export class SessionCookies {
  constructor(@InjectUserEnv() private readonly env: UserEnv) {}

  /** Sets what a result grants, if it grants anything, and hands the result on. */
  keep<Result extends { readonly type?: string; readonly grant?: SessionGrant }>(
    reply: FastifyReply,
    result: Result,
  ): Result {
    if (result.grant !== undefined) this.#set(reply, result.grant)
    return result
  }

  clear(reply: FastifyReply): void {
    reply.header('set-cookie', [this.#cookie(accessCookie, '', 0), this.#cookie(refreshCookie, '', 0)])
  }

  #set(reply: FastifyReply, { accessToken, refreshToken }: SessionGrant): void {
    reply.header('set-cookie', this.#cookie(accessCookie, accessToken.value, secondsUntil(accessToken.expiresAt)))
    if (refreshToken === null) return
    reply.header('set-cookie', this.#cookie(refreshCookie, refreshToken.value, secondsUntil(refreshToken.expiresAt)))
  }

  /** Values are base64url or a JWT: nothing in them needs escaping. */
  #cookie(name: string, value: string, maxAge: number): string {
    const secure = this.env.COOKIE_SECURE ? '; Secure' : ''
    return `${name}=${value}; Max-Age=${maxAge}; Path=/graphql; HttpOnly; SameSite=Lax${secure}`
  }
}

const secondsUntil = (instant: Date): number => Math.max(0, Math.round((instant.getTime() - Date.now()) / 1_000))
