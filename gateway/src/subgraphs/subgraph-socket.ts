import type { FetchParts } from '@parley/federation/operations/execution'
import { isJsonObject, quoted } from '@parley/federation/operations/json-value'
import { TransportClient } from '@parley/federation/sockets/transport-client'
import type { GatewayContext } from '../context'
import type { CircuitBreaker } from './circuit-breaker'
import { SocketCall } from './socket-call'

/** Cheap, and detects a subgraph that hangs before a call meets it. */
const pingEveryMs = 1_000
const pongWithinMs = 5_000
/** The longest wait is well below the time that a stream waits. */
const retry = { firstMs: 100, longestMs: 1_000 }
const idleMs = 30_000
/** Longer fetches go over HTTP, and so do all while more than `unsentBytes` wait for the network. */
const longestFetch = 64 * 1024
const unsentBytes = 1024 * 1024
/** How long fetches ask for no connection after one that takes none, and at most after one that failed. */
const longestRestMs = 30_000
/** A subgraph keeps a bounded number of documents too. */
const mostDocuments = 10_000

/** Told of the connection. */
export interface ConnectionWatcher {
  up(): void
  lost(): void
}

/**
 * The one connection to a subgraph, for the subscriptions and the fetches of all users. A subgraph whose acknowledgement
 * has the payload `{"fetches":1}` answers queries and mutations over it: a document that it has read by its hash alone,
 * and with an `error` message only before anything was executed. All others are asked over HTTP.
 */
export class SubgraphSocket {
  readonly client: TransportClient
  watcher: ConnectionWatcher | undefined
  /** The ids of the documents that this connection has carried. */
  readonly #sent = new Set<string>()
  #takesFetches = false
  #failures = 0
  #restUntil = 0
  #ponged: () => void = () => undefined

  constructor(url: string, breaker: CircuitBreaker) {
    const options = { acknowledgedWithinMs: pongWithinMs, pingEveryMs, pongWithinMs, idleMs, retry }
    this.client = new TransportClient(
      { url: url.replace(/^http/, 'ws'), ...options },
      {
        acknowledged: (payload) => this.#acknowledged(payload),
        pinged: () => (this.#ponged = breaker.watch()),
        ponged: () => this.#ponged(),
        lost: (wasUp) => this.#lost(wasUp),
      },
    )
  }

  /** Whether a fetch can be sent now. When there is no connection, one is opened for later fetches. */
  takes({ operation, variables }: FetchParts): boolean {
    if (this.client.isUp) {
      const length = variables.length + (this.#sent.has(operation.id) ? 0 : operation.quotedText.length)
      return this.#takesFetches && length <= longestFetch && this.client.unsentBytes <= unsentBytes
    }
    if (performance.now() >= this.#restUntil) this.client.want()
    return false
  }

  /** To be called when `takes` has said so. */
  fetch({ operation, variables }: FetchParts, { requestId, authorization }: GatewayContext): SocketCall {
    const isKnown = this.#sent.has(operation.id)
    if (!isKnown && this.#sent.size < mostDocuments) this.#sent.add(operation.id)
    const identity = authorization === undefined ? '' : `,"authorization":${quoted(authorization)}`
    const payload =
      `{"query":${isKnown ? '""' : operation.quotedText},"variables":${variables},"extensions":{` +
      `"persistedQuery":{"version":1,"sha256Hash":"${operation.id}"},"requestId":${quoted(requestId)}${identity}}}`
    return new SocketCall(this.client, payload, () => this.#sent.delete(operation.id))
  }

  close(): void {
    this.#ponged()
    this.client.close()
  }

  #acknowledged(payload: unknown): void {
    this.#failures = 0
    this.#takesFetches = isJsonObject(payload) && payload['fetches'] === 1
    if (!this.#takesFetches) this.#restUntil = performance.now() + longestRestMs
    this.watcher?.up()
  }

  #lost(wasUp: boolean): void {
    this.#ponged()
    this.#sent.clear()
    this.#takesFetches = false
    if (!wasUp) this.#restUntil = performance.now() + Math.min(1_000 * ++this.#failures, longestRestMs)
    this.watcher?.lost()
  }
}
