import type { UserId } from '@parley/kernel/ids'

export interface AccessToken {
  readonly value: string
  readonly expiresAt: Date
}

export abstract class AccessTokenIssuer {
  abstract issue(userId: UserId, sessionId: string, at: Date): Promise<AccessToken>
}
