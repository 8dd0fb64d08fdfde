import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { Upstream } from './upstream'

/** One connection per address of a subgraph, whatever the number of clients. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  readonly #byUrl = new Map<string, Upstream>()

  at(url: string): Upstream {
    const known = this.#byUrl.get(url)
    if (known !== undefined) return known
    const upstream = new Upstream(url)
    this.#byUrl.set(url, upstream)
    return upstream
  }

  onApplicationShutdown(): void {
    for (const upstream of this.#byUrl.values()) upstream.dispose()
  }
}
