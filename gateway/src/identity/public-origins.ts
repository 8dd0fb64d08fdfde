import { Inject, Injectable } from '@nestjs/common'
import { GATEWAY_ENV, type GatewayEnv } from '../env'

/** Cookies travel with every request to us, whoever made the page that sends it: so the page's origin must be one of ours. */
@Injectable()
export class PublicOrigins {
  readonly #allowed: ReadonlySet<string>

  constructor(@Inject(GATEWAY_ENV) env: GatewayEnv) {
    this.#allowed = new Set(env.PUBLIC_ORIGINS)
  }

  /** Programs that are no browser send no Origin. */
  allow(origin: string | undefined): boolean {
    return origin === undefined || this.#allowed.has(origin)
  }
}
