import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { refreshExpiry } from '../domain/session'
import type { StoredToken } from './sessions'

export interface RefreshToken {
  readonly value: string
  readonly stored: StoredToken
}

/** Refresh tokens are 256 bits that nobody can guess, so a plain hash keeps them as well as a slow one would. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

const tokenAt = (value: string, at: Date): RefreshToken => ({
  value,
  stored: { hash: tokenHash(value), createdAt: at, expiresAt: refreshExpiry(at) },
})

/**
 * Makes refresh tokens: the first of a session at random, each later one from the one before and a secret. So the same answer can
 * be given to the same token again although only hashes are stored, and no token leads to the next without the secret.
 */
export class RefreshTokens {
  readonly #key: Buffer

  constructor(secret: Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'parley refresh tokens', 32))
  }

  first(at: Date): RefreshToken {
    return tokenAt(randomBytes(32).toString('base64url'), at)
  }

  after(token: string, at: Date): RefreshToken {
    return tokenAt(createHmac('sha256', this.#key).update(token).digest('base64url'), at)
  }
}
