import type { UserId } from '@parley/kernel/ids'
import { type AccessToken, AccessTokenIssuer } from '../application/access-token-issuer'
import { Passwords } from '../application/passwords'
import { RateLimits, type TryOrigin } from '../application/rate-limits'
import type { Password } from '../domain/account'

/** "Hashes" by reversing, and records what it had to compare. */
export class FakePasswords extends Passwords {
  readonly verified: (string | null)[] = []

  override async hash(password: Password): Promise<string> {
    return Array.from(password).reverse().join('')
  }

  override async verify(password: Password, hash: string | null): Promise<boolean> {
    this.verified.push(hash)
    return hash === (await this.hash(password))
  }
}

export class FakeIssuer extends AccessTokenIssuer {
  override async issue(userId: UserId, sessionId: string, at: Date): Promise<AccessToken> {
    return { value: `${userId}.${sessionId}`, expiresAt: new Date(at.getTime() + 600_000) }
  }
}

export class FakeRateLimits extends RateLimits {
  readonly asked: string[] = []

  override async admitLogIn(username: string, { address, device }: TryOrigin): Promise<void> {
    this.asked.push(`${username} from ${device ?? address}`)
  }

  override async admitRegistration(address: string): Promise<void> {
    this.asked.push(`somebody new from ${address}`)
  }
}
