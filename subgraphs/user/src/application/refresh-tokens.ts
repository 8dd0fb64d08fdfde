import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { refreshExpiry } from '../domain/session'
import type { StoredToken } from './sessions'

export interface RefreshToken {
  readonly value: string
  readonly stored: StoredToken
}

/** Refresh tokens have 256 random bits and cannot be guessed, so a fast hash is as safe as a slow one. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

const tokenAt = (value: string, at: Date): RefreshToken => ({
  value,
  stored: { hash: tokenHash(value), createdAt: at, expiresAt: refreshExpiry(at) },
})

/**
 * Makes refresh tokens: the first of a session is random, each later one is derived from the one before and a secret.
 * So the same token always gets the same answer although only hashes are stored, and without the secret no token
 * reveals the next.
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
