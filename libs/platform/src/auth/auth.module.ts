import { type DynamicModule, Module } from '@nestjs/common'
import type { TokenEnv } from '../env/service-env'
import { AccessTokens } from './access-tokens'

@Module({})
export class AuthModule {
  static forRoot(env: TokenEnv): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      providers: [{ provide: AccessTokens, useValue: new AccessTokens(env) }],
      exports: [AccessTokens],
    }
  }
}
