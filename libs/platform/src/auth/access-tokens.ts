import { Inject, Injectable } from '@nestjs/common'
import { userId } from '@parley/kernel/ids'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import { TOKEN_ENV, type TokenEnv } from '../env/service-env'
import { RevokedSessions } from './revoked-sessions'
import { VerificationKeys } from './verification-keys'
import type { Identity, Viewer } from './viewer'

const anonymous: Identity = { viewer: null, expiresAt: null }
const cacheLimit = 10_000

interface Proven extends Identity {
  readonly viewer: Viewer
  readonly expiresAt: number
}

/**
 * Verifies access tokens against the user subgraph's keys (ES256 only) and its list of revoked sessions. A subgraph
 * does not trust a request because of where it comes from, so this runs again behind the gateway; a verified token is
 * cached until it expires.
 */
@Injectable()
export class AccessTokens {
  readonly #verified = new Map<string, Proven>()

  constructor(
    private readonly keys: VerificationKeys,
    private readonly revoked: RevokedSessions,
    @Inject(TOKEN_ENV) private readonly env: Pick<TokenEnv, 'JWT_ISSUER' | 'JWT_AUDIENCE'>,
  ) {}

  /**
   * A missing, broken, expired or revoked token gives an anonymous context: the fields that need a session refuse it.
   * Rejects with UNAVAILABLE when the token cannot be checked.
   */
  async contextFor(authorization: string | undefined): Promise<Identity> {
    const token = authorization?.match(/^Bearer (\S+)$/i)?.[1]
    if (token === undefined) return anonymous
    const proven = await this.#proven(token)
    return proven === null || (await this.revoked.includes(proven.viewer.sessionId)) ? anonymous : proven
  }

  async #proven(token: string): Promise<Proven | null> {
    const known = this.#verified.get(token)
    if (known !== undefined && known.expiresAt > Date.now() / 1_000) return known
    this.#verified.delete(token)
    const payload = await this.#verify(token)
    if (payload?.sub === undefined || payload.exp === undefined || typeof payload['sid'] !== 'string') return null
    const proven = { viewer: { userId: userId(payload.sub), sessionId: payload['sid'] }, expiresAt: payload.exp }
    if (this.#verified.size >= cacheLimit) this.#verified.clear()
    this.#verified.set(token, proven)
    return proven
  }

  async #verify(token: string): Promise<JWTPayload | null> {
    try {
      const { payload } = await jwtVerify(token, this.keys.keyFor, {
        algorithms: ['ES256'],
        issuer: this.env.JWT_ISSUER,
        audience: this.env.JWT_AUDIENCE,
        requiredClaims: ['sub', 'sid', 'exp'],
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
  }
}
