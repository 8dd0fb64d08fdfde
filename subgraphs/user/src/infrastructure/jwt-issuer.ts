import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { SignJWT } from 'jose'
import { type AccessToken, AccessTokenIssuer } from '../application/access-token-issuer'
import { InjectUserEnv, type UserEnv } from '../env'
import { SigningKeys } from './signing-keys'

@Injectable()
export class JwtIssuer extends AccessTokenIssuer {
  constructor(
    private readonly keys: SigningKeys,
    @InjectUserEnv() private readonly env: UserEnv,
  ) {
    super()
  }

  override async issue(userId: UserId, sessionId: string, at: Date): Promise<AccessToken> {
    const { kid, key } = await this.keys.signer(at)
    const issuedAt = Math.floor(at.getTime() / 1_000)
    const expiresAt = issuedAt + this.env.ACCESS_TOKEN_SECONDS
    const value = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(this.env.JWT_ISSUER)
      .setAudience(this.env.JWT_AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key)
    return { value, expiresAt: new Date(expiresAt * 1_000) }
  }
}
