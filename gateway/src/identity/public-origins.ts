import { Inject, Injectable } from '@nestjs/common'
import { GATEWAY_ENV, type GatewayEnv } from '../env'

/** Browsers send our cookies with every request, from any site's page: so the page's origin must be one of ours. */
@Injectable()
export class PublicOrigins {
  readonly #allowed: ReadonlySet<string>

  constructor(@Inject(GATEWAY_ENV) env: GatewayEnv) {
    this.#allowed = new Set(env.PUBLIC_ORIGINS)
  }

  /** Clients other than browsers send no Origin. */
  allow(origin: string | undefined): boolean {
    return origin === undefined || this.#allowed.has(origin)
  }
}
