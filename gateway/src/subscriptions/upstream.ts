import { Logger } from '@nestjs/common'
import type { JsonObject } from '@parley/federation/operations/json-value'
import type { Receiver, TransportClient } from '@parley/federation/sockets/transport-client'
import { DomainError } from '@parley/kernel/errors'
import { unavailable } from '@parley/platform/failures'
import type { GraphQLFormattedError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import { toldBySubgraph } from '../errors/told-by-subgraph'
import { limits } from '../limits'
import type { CircuitBreaker } from '../subgraphs/circuit-breaker'
import type { ConnectionWatcher, SubgraphSocket } from '../subgraphs/subgraph-socket'
import type { EventSink } from './event-stream'

/**
 * In bytes, a little less than a subgraph takes in one message: it would close the connection of all. Larger than what
 * a client sends, because numbers may be longer when they are written again.
 */
const longestPayload = 1024 * 1024 - 1024

/**
 * All subscriptions to one subgraph, over its socket. When that is lost, operations that have received something end as
 * unavailable, because only their client knows where to resume. The others wait and begin again, long enough for a
 * restart of the subgraph; then they end the same way, so that a client knows that it has no stream.
 */
export class Upstream implements ConnectionWatcher {
  readonly #logger = new Logger(Upstream.name)
  readonly #operations = new Set<UpstreamOperation>()

  constructor(
    /** For the log. */
    private readonly subgraph: string,
    private readonly socket: SubgraphSocket,
    private readonly breaker: CircuitBreaker,
  ) {
    socket.watcher = this
  }

  /** Returns the function that stops it. */
  subscribe(payload: SubscribePayload, sink: EventSink): () => void {
    if (this.breaker.isOpen) {
      sink.error(unavailable(undefined))
      return () => undefined
    }
    const text = JSON.stringify(payload)
    if (Buffer.byteLength(text) > longestPayload) {
      sink.error(new DomainError('input', 'PAYLOAD_TOO_LARGE', 'The variables of this subscription are too long.'))
      return () => undefined
    }
    const operation = new UpstreamOperation(this.#operations, this.socket.client, text, sink)
    this.#operations.add(operation)
    operation.watch(this.breaker)
    if (this.socket.client.isUp) operation.begin()
    else this.#await(operation)
    return () => operation.stop()
  }

  up(): void {
    for (const operation of this.#operations) operation.begin()
  }

  lost(): void {
    const all = [...this.#operations]
    const started = all.filter(({ hasStarted }) => hasStarted)
    if (started.length > 0) {
      this.#logger.warn({ subgraph: this.subgraph, streams: started.length }, 'A subgraph left its streams')
    }
    for (const operation of all) {
      if (operation.hasStarted) operation.lose()
      else this.#await(operation)
    }
  }

  dispose(): void {
    for (const operation of this.#operations) operation.dispose()
  }

  #await(operation: UpstreamOperation): void {
    operation.awaitConnection()
    this.socket.client.want()
  }
}

/** A subscription; one object and no closures for each, because there may be many. */
class UpstreamOperation implements Receiver {
  hasStarted = false
  #id: string | undefined
  /** Forgotten when something has arrived: it is not sent again then. */
  #payload: string
  #patience: NodeJS.Timeout | undefined
  #answered: () => void = () => undefined

  constructor(
    private readonly all: Set<UpstreamOperation>,
    private readonly client: TransportClient,
    payload: string,
    private readonly sink: EventSink,
  ) {
    this.#payload = payload
  }

  /** Gives it up when the subgraph is found to hang before it answers. */
  watch(breaker: CircuitBreaker): void {
    this.#answered = breaker.watch(() => this.lose())
  }

  begin(): void {
    clearTimeout(this.#patience)
    this.#patience = undefined
    this.#id = this.client.begin(this.#payload, this)
  }

  awaitConnection(): void {
    this.#id = undefined
    this.#patience ??= setTimeout(() => this.lose(), limits.streamStartMs)
  }

  /** Its subscriber stops it. */
  stop(): void {
    if (!this.#end()) return
    if (this.#id !== undefined) this.client.leave(this.#id)
  }

  /** Ends it as unavailable. */
  lose(): void {
    this.#fail(unavailable(undefined))
  }

  /** Forgets it without a word to anybody. */
  dispose(): void {
    this.#end()
  }

  next(event: JsonObject): void {
    if (!this.hasStarted) {
      this.hasStarted = true
      this.#payload = ''
      this.#answered()
    }
    this.sink.next(event)
  }

  error(errors: readonly GraphQLFormattedError[]): void {
    this.#id = undefined
    this.#fail(toldBySubgraph(errors))
  }

  complete(): void {
    this.#id = undefined
    if (this.#end()) this.sink.complete()
  }

  lost(): void {
    // Upstream decides for all of them together.
    this.#id = undefined
  }

  #fail(error: Error): void {
    if (!this.#end()) return
    if (this.#id !== undefined) this.client.leave(this.#id)
    this.sink.error(error)
  }

  /** False when it has ended before. */
  #end(): boolean {
    clearTimeout(this.#patience)
    this.#answered()
    return this.all.delete(this)
  }
}
