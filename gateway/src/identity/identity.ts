import type { IncomingHttpHeaders } from 'node:http'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { AccessTokens } from '@parley/platform/auth/access-tokens'
import type { Viewer } from '@parley/platform/auth/viewer'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayContext } from '../context'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { cookieIn, cookiesIn } from './cookies'

/** The session of a socket whose token was valid at the upgrade. */
export interface Admission {
  /** The id of the user: the token's `sub`. */
  readonly id: string
  readonly authorization: string
  readonly sessionId: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** The caller over HTTP; the deadline starts when the body has been read. */
export type Caller = Omit<GatewayContext, 'deadline'>

/** Authenticates callers: a Bearer header, or the access cookie of a browser. */
@Injectable()
export class Identity {
  readonly #logger = new Logger(Identity.name)
  /** All sockets and streams of one token share its admission: a token is long. */
  readonly #admissions = new WeakMap<Viewer, Admission>()

  constructor(
    private readonly tokens: AccessTokens,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
  ) {}

  /** Over HTTP a broken or expired token makes the caller anonymous; fields that need a session refuse it. */
  async callerOf(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    return {
      requestId: request.id,
      ...(await this.#whoAsks(request.headers)),
      browser: {
        cookies: cookiesIn(request.headers.cookie, this.env.IDENTITY_COOKIES),
        address: request.ip,
        userAgent: request.headers['user-agent'],
        setCookies: (cookies) => void reply.header('set-cookie', cookies),
      },
    }
  }

  /**
   * Anonymous sockets are not admitted: null unless the upgrade request had a valid token. Throws when keys cannot be
   * loaded.
   */
  async admit(headers: IncomingHttpHeaders): Promise<Admission | null> {
    const authorization = this.#authorizationIn(headers)
    const { viewer, expiresAt } = await this.tokens.contextFor(authorization)
    if (authorization === undefined || viewer === null || expiresAt === null) return null
    const known = this.#admissions.get(viewer)
    if (known !== undefined) return known
    const admission = { id: viewer.userId, authorization, sessionId: viewer.sessionId, expiresAt }
    this.#admissions.set(viewer, admission)
    return admission
  }

  async #whoAsks(headers: IncomingHttpHeaders): Promise<Pick<GatewayContext, 'authorization' | 'sessionId'>> {
    const authorization = this.#authorizationIn(headers)
    if (authorization === undefined) return { authorization }
    try {
      const { viewer } = await this.tokens.contextFor(authorization)
      return viewer === null ? { authorization: undefined } : { authorization, sessionId: viewer.sessionId }
    } catch (error) {
      // No key to verify with: the subgraphs verify again and may have it, so they decide.
      this.#logger.warn({ err: error }, 'An access token cannot be verified')
      return { authorization }
    }
  }

  #authorizationIn(headers: IncomingHttpHeaders): string | undefined {
    if (headers.authorization !== undefined) return headers.authorization
    const token = cookieIn(headers.cookie, this.env.ACCESS_COOKIE)
    return token === undefined ? undefined : `Bearer ${token}`
  }
}
