import { Injectable } from '@nestjs/common'
import { userId } from '@parley/kernel/ids'
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import type { TokenEnv } from '../env/service-env'
import type { Identity } from './viewer'

const anonymous: Identity = { viewer: null, expiresAt: null }
const cacheLimit = 10_000

/**
 * Verifies access tokens against the user subgraph's JWKS (ES256 only). A subgraph trusts nobody because of where a request
 * came from, so this runs again behind the gateway; a verified token is remembered until it expires.
 */
@Injectable()
export class AccessTokens {
  readonly #keys
  readonly #verified = new Map<string, Identity & { expiresAt: number }>()

  constructor(private readonly env: TokenEnv) {
    this.#keys = createRemoteJWKSet(new URL(env.JWKS_URL), { cooldownDuration: 1_000, timeoutDuration: 3_000 })
  }

  /** A missing, broken or expired token makes an anonymous context: the fields that need more say so themselves. */
  async contextFor(authorization: string | undefined): Promise<Identity> {
    const token = authorization?.match(/^Bearer (\S+)$/i)?.[1]
    if (token === undefined) return anonymous
    const known = this.#verified.get(token)
    if (known !== undefined && known.expiresAt > Date.now() / 1_000) return known
    this.#verified.delete(token)
    const payload = await this.#verify(token)
    if (payload?.sub === undefined || payload.exp === undefined || typeof payload['sid'] !== 'string') return anonymous
    const context = { viewer: { userId: userId(payload.sub), sessionId: payload['sid'] }, expiresAt: payload.exp }
    if (this.#verified.size >= cacheLimit) this.#verified.clear()
    this.#verified.set(token, context)
    return context
  }

  async #verify(token: string): Promise<JWTPayload | null> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ['ES256'],
        issuer: this.env.JWT_ISSUER,
        audience: this.env.JWT_AUDIENCE,
        requiredClaims: ['sub', 'sid', 'exp'],
      })
      return payload
    } catch (error) {
      // jose names what is wrong with a token by ERR_J…; anything else is an outage of the JWKS endpoint and must not look like a bad token.
      if (
        error instanceof Error &&
        'code' in error &&
        /^ERR_(JW[STKE]|JOSE)/.test(String(error.code)) &&
        error.code !== 'ERR_JWKS_TIMEOUT'
      )
        return null
      throw error
    }
  }
}
