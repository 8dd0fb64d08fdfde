import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import type { ServiceMap } from '@apollo/gateway'
import type { AskSubgraph } from '@parley/federation/operations/execution'
import { Agent } from 'undici'
import type { GatewayContext } from '../context'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { limits } from '../limits'
import type { Epoch } from '../supergraph/epoch'
import { CircuitBreaker } from './circuit-breaker'
import { type SubgraphAddress, SubgraphDataSource } from './subgraph-data-source'
import { SubgraphSocket } from './subgraph-socket'

/**
 * The addresses of the subgraphs and one data source for each, shared by queries and by the events of subscriptions.
 */
@Injectable()
export class Subgraphs implements OnApplicationShutdown {
  readonly #logger = new Logger(Subgraphs.name)
  readonly #dispatcher = new Agent({
    connections: 128,
    keepAliveTimeout: 30_000,
    headersTimeout: limits.operationMs,
    bodyTimeout: limits.operationMs,
    connect: { timeout: 2_000 },
  })
  /** Probes have connections of their own: all others may be waiting. */
  readonly #probes = new Agent({ connections: 1, keepAliveTimeout: 1_000, connect: { timeout: 2_000 } })
  readonly #sources = new Map<string, SubgraphDataSource>()
  readonly #byEpoch = new WeakMap<Epoch, ReadonlyMap<string, SubgraphDataSource>>()
  readonly #breakers = new Map<string, CircuitBreaker>()
  readonly #sockets = new Map<string, SubgraphSocket>()

  constructor(@Inject(GATEWAY_ENV) private readonly env: GatewayEnv) {}

  /** An address from the environment overrides the one in the supergraph. */
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
        breaker: this.breakerOf(subgraph),
        socket: this.socketOf(subgraph),
        isIdentity: subgraph.name === this.env.IDENTITY_SUBGRAPH,
      },
    )
    this.#sources.set(key, source)
    return source
  }

  /** Asks the subgraphs of an epoch by their names, for one operation. */
  askIn(epoch: Epoch, context: GatewayContext): AskSubgraph {
    const sources = this.#sourcesIn(epoch)
    return async (name, request) => {
      const source = sources.get(name)
      if (source === undefined) throw new Error(`No subgraph has the name ${name}`)
      return await source.ask(request, context)
    }
  }

  /** The same sources for the executor of the gateway package. */
  servicesIn(epoch: Epoch): ServiceMap {
    return Object.fromEntries(this.#sourcesIn(epoch))
  }

  #sourcesIn(epoch: Epoch): ReadonlyMap<string, SubgraphDataSource> {
    const known = this.#byEpoch.get(epoch)
    if (known !== undefined) return known
    const sources = new Map(epoch.subgraphs.map((subgraph) => [subgraph.name, this.sourceOf(subgraph)]))
    this.#byEpoch.set(epoch, sources)
    return sources
  }

  /** One breaker for all calls to a subgraph, over HTTP and over its socket. */
  breakerOf(subgraph: SubgraphAddress): CircuitBreaker {
    const url = this.urlOf(subgraph)
    const known = this.#breakers.get(url)
    if (known !== undefined) return known
    const breaker = new CircuitBreaker({
      probe: (signal) => this.#ask(new URL(url), signal),
      onChange: (isOpen) =>
        this.#logger.warn(
          { subgraph: subgraph.name },
          isOpen ? 'A subgraph hangs and is not asked' : 'The subgraph answers again',
        ),
    })
    this.#breakers.set(url, breaker)
    return breaker
  }

  /** One connection for all subscriptions and fetches. */
  socketOf(subgraph: SubgraphAddress): SubgraphSocket {
    const url = this.urlOf(subgraph)
    const known = this.#sockets.get(url)
    if (known !== undefined) return known
    const socket = new SubgraphSocket(url, this.breakerOf(subgraph))
    this.#sockets.set(url, socket)
    return socket
  }

  async onApplicationShutdown(): Promise<void> {
    for (const socket of this.#sockets.values()) socket.close()
    for (const breaker of this.#breakers.values()) breaker.stop()
    await Promise.all([this.#dispatcher.close(), this.#probes.close()])
  }

  /** Any response, of any status, proves that the subgraph is alive. */
  async #ask(url: URL, signal: AbortSignal): Promise<void> {
    const { body } = await this.#probes.request({
      origin: url.origin,
      path: url.pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal,
    })
    await body.dump()
  }
}
