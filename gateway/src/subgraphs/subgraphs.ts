import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { Agent } from 'undici'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { type SubgraphAddress, SubgraphDataSource } from './subgraph-data-source'

/** Where the subgraphs are and one data source for each, shared by queries and by the events of subscriptions. */
@Injectable()
export class Subgraphs implements OnApplicationShutdown {
  readonly #dispatcher = new Agent({
    connections: 128,
    keepAliveTimeout: 30_000,
    headersTimeout: 8_000,
    bodyTimeout: 8_000,
    connect: { timeout: 2_000 },
  })
  readonly #sources = new Map<string, SubgraphDataSource>()

  constructor(@Inject(GATEWAY_ENV) private readonly env: GatewayEnv) {}

  /** An address from the environment wins over the one that was composed into the supergraph. */
  urlOf({ name, url }: SubgraphAddress): string {
    return this.env.SUBGRAPH_URLS[name] ?? url
  }

  sourceOf(subgraph: SubgraphAddress): SubgraphDataSource {
    const url = this.urlOf(subgraph)
    const key = `${subgraph.name} ${url}`
    const known = this.#sources.get(key)
    if (known !== undefined) return known
    const source = new SubgraphDataSource(
      { name: subgraph.name, url },
      {
        dispatcher: this.#dispatcher,
        isIdentity: subgraph.name === this.env.IDENTITY_SUBGRAPH,
        refreshCookieName: this.env.REFRESH_COOKIE,
      },
    )
    this.#sources.set(key, source)
    return source
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#dispatcher.close()
  }
}
