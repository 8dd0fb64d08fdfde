import { Logger } from '@nestjs/common'
import { unavailable } from '@parley/platform/failures'
import type { GraphQLFormattedError } from 'graphql'
import { type Client, createClient, type SubscribePayload } from 'graphql-ws'
import { WebSocket } from 'ws'
import { toldBySubgraph } from '../errors/told-by-subgraph'
import { limits } from '../limits'
import type { CircuitBreaker } from '../subgraphs/circuit-breaker'
import type { EventSink } from './event-stream'

interface Operation {
  /** Something was received, so a restart from the same cursor would repeat it. */
  started: boolean
  patience: NodeJS.Timeout | undefined
  readonly lose: () => void
}

/** Cheap, and detects a subgraph that hangs before a call meets it. */
const pingEveryMs = 1_000
const pongWithinMs = 5_000
const firstRetryMs = 100
/** Well below the time that a stream waits. */
const longestRetryMs = 1_000
const keepIdleMs = 500

/**
 * All subscriptions to one subgraph, over one connection that is always re-established. When it is lost, operations
 * that have received something end as unavailable, because only their client knows where to resume. The others wait and
 * restart, long enough for a restart of the subgraph; then they end the same way, so that a client knows that it has no
 * stream.
 */
export class Upstream {
  readonly #logger = new Logger(Upstream.name)
  readonly #operations = new Set<Operation>()
  readonly #client: Client
  #pongTimer: NodeJS.Timeout | undefined
  #ponged: () => void = () => undefined
  #isConnected = false

  constructor(
    private readonly url: string,
    private readonly breaker: CircuitBreaker,
  ) {
    this.#client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      lazyCloseTimeout: keepIdleMs,
      keepAlive: pingEveryMs,
      connectionAckWaitTimeout: pongWithinMs,
      retryAttempts: Infinity,
      retryWait: waitWithJitter,
      // Refused and broken connections arrive as errors and not as close events: retry those too.
      shouldRetry: () => true,
      on: {
        connected: () => (this.#isConnected = true),
        ping: (received) => !received && this.#expectPong(),
        pong: (received) => received && this.#forgetPong(),
        closed: () => this.#lost(),
      },
    })
  }

  subscribe(payload: SubscribePayload, sink: EventSink): () => void {
    if (this.breaker.isOpen) {
      sink.error(unavailable(undefined))
      return () => undefined
    }
    const operation: Operation = {
      started: false,
      patience: undefined,
      lose: () => {
        stop()
        sink.error(unavailable(undefined))
      },
    }
    const answered = this.breaker.watch(operation.lose)
    /** False when it was already removed. */
    const leave = (): boolean => {
      clearTimeout(operation.patience)
      answered()
      return this.#operations.delete(operation)
    }
    this.#operations.add(operation)
    this.#awaitConnection(operation)
    const dispose = this.#client.subscribe(payload, {
      next: (event) => {
        operation.started = true
        answered()
        sink.next(event)
      },
      error: (error) => {
        leave()
        sink.error(Array.isArray(error) ? toldBySubgraph(error as GraphQLFormattedError[]) : unavailable(error))
      },
      complete: () => {
        // Also called when we stop it ourselves; then there is no subscriber any more.
        if (leave()) sink.complete()
      },
    })
    const stop = (): void => {
      leave()
      dispose()
    }
    return stop
  }

  dispose(): void {
    this.#forgetPong()
    for (const { patience } of this.#operations) clearTimeout(patience)
    // Rejects when there is no connection to close.
    void Promise.resolve(this.#client.dispose()).catch(() => undefined)
    this.#client.terminate()
  }

  #awaitConnection(operation: Operation): void {
    if (this.#isConnected) return
    clearTimeout(operation.patience)
    operation.patience = setTimeout(() => {
      if (!this.#isConnected) operation.lose()
    }, limits.streamStartMs)
  }

  #expectPong(): void {
    this.#forgetPong()
    this.#ponged = this.breaker.watch()
    this.#pongTimer = setTimeout(() => this.#client.terminate(), pongWithinMs)
  }

  #forgetPong(): void {
    clearTimeout(this.#pongTimer)
    this.#ponged()
  }

  #lost(): void {
    this.#forgetPong()
    if (this.#isConnected) {
      this.#isConnected = false
      for (const operation of this.#operations) this.#awaitConnection(operation)
    }
    const started = [...this.#operations].filter((operation) => operation.started)
    if (started.length > 0) this.#logger.warn({ url: this.url, streams: started.length }, 'A subgraph left its streams')
    for (const operation of started) operation.lose()
  }
}

async function waitWithJitter(retries: number): Promise<void> {
  const longest = Math.min(firstRetryMs * 2 ** Math.min(retries, 10), longestRetryMs)
  await new Promise((resolve) => setTimeout(resolve, longest / 2 + (Math.random() * longest) / 2))
}
