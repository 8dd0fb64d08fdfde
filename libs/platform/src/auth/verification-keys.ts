import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { TOKEN_ENV, type TokenEnv } from '../env/service-env'
import { unavailable } from '../failures'
import { OwnerPoll, readJson } from './owner-poll'

/** A new key is published five minutes before it signs. */
const everyMs = 60_000

/**
 * The public keys of access tokens: polled from the JWKS in the background, kept while it cannot be read. Only a token
 * with an unknown key makes its operation wait, for a second at most.
 */
@Injectable()
export class VerificationKeys implements OnModuleInit, OnApplicationShutdown {
  readonly #poll: OwnerPoll
  #known: JWTVerifyGetKey = () => Promise.reject(new errors.JWKSNoMatchingKey())

  constructor(@Inject(TOKEN_ENV) env: Pick<TokenEnv, 'JWKS_URL'>) {
    const url = new URL(env.JWKS_URL)
    this.#poll = new OwnerPoll({
      what: 'The keys for access tokens',
      everyMs,
      ask: async (signal) => void (this.#known = createLocalJWKSet((await readJson(url, signal)) as JSONWebKeySet)),
      logger: new Logger(VerificationKeys.name),
    })
  }

  onModuleInit(): void {
    void this.#poll.now()
  }

  onApplicationShutdown(): void {
    this.#poll.stop()
  }

  /** For jose. Rejects with UNAVAILABLE when the owner does not answer whether there is such a key. */
  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.#known(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      if (!(await this.#poll.lately())) throw unavailable(error)
      return this.#known(header, token)
    }
  }
}
