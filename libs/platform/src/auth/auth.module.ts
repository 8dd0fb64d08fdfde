import { type DynamicModule, Module } from '@nestjs/common'
import { TOKEN_ENV, type TokenEnv } from '../env/service-env'
import { AccessTokens } from './access-tokens'
import { RevokedSessions } from './revoked-sessions'
import { VerificationKeys } from './verification-keys'

/** Receives revocations through Redis where RedisModule is imported too, and by polling alone elsewhere. */
@Module({})
export class AuthModule {
  static forRoot(env: TokenEnv): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      providers: [{ provide: TOKEN_ENV, useValue: env }, VerificationKeys, RevokedSessions, AccessTokens],
      exports: [AccessTokens, RevokedSessions],
    }
  }
}
