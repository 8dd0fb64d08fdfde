import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { Subgraphs } from '../subgraphs/subgraphs'
import type { SubgraphAddress } from '../subgraphs/subgraph-data-source'
import { Upstream } from './upstream'

/** One connection per subgraph address, for any number of clients. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  readonly #byUrl = new Map<string, Upstream>()

  constructor(private readonly subgraphs: Subgraphs) {}

  of(subgraph: SubgraphAddress): Upstream {
    const url = this.subgraphs.urlOf(subgraph)
    const known = this.#byUrl.get(url)
    if (known !== undefined) return known
    const upstream = new Upstream(subgraph.name, this.subgraphs.socketOf(subgraph), this.subgraphs.breakerOf(subgraph))
    this.#byUrl.set(url, upstream)
    return upstream
  }

  onApplicationShutdown(): void {
    for (const upstream of this.#byUrl.values()) upstream.dispose()
  }
}
