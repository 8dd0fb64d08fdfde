import { Logger } from '@nestjs/common'
import { DomainError, isErrorCode } from '@parley/kernel/errors'
import { unavailable } from '@parley/platform/failures'
import { type Client, createClient, type SubscribePayload } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { EventSink } from './event-stream'

interface Operation {
  /** Something was received, so starting again from the same cursor would repeat it. */
  started: boolean
  readonly lose: () => void
}

const pingEveryMs = 10_000
const pongWithinMs = 5_000
const firstRetryMs = 100
const longestRetryMs = 5_000
const keepIdleMs = 500

/**
 * All subscriptions to one subgraph, over one connection that is made again for ever. When it is lost, operations that have
 * not received anything yet wait and start anew; the others end as unavailable, because only their client knows where to resume.
 */
export class Upstream {
  readonly #logger = new Logger(Upstream.name)
  readonly #operations = new Set<Operation>()
  readonly #client: Client
  #pongTimer: NodeJS.Timeout | undefined

  constructor(private readonly url: string) {
    this.#client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      lazyCloseTimeout: keepIdleMs,
      keepAlive: pingEveryMs,
      connectionAckWaitTimeout: pongWithinMs,
      retryAttempts: Infinity,
      retryWait: waitWithJitter,
      // Refused and broken connections arrive as errors and not as close events: those are retried too.
      shouldRetry: () => true,
      on: {
        ping: (received) => !received && this.#expectPong(),
        pong: (received) => received && clearTimeout(this.#pongTimer),
        closed: () => this.#lost(),
      },
    })
  }

  subscribe(payload: SubscribePayload, sink: EventSink): () => void {
    const operation: Operation = {
      started: false,
      lose: () => {
        stop()
        sink.error(unavailable(undefined))
      },
    }
    this.#operations.add(operation)
    const dispose = this.#client.subscribe(payload, {
      next: (event) => {
        operation.started = true
        sink.next(event)
      },
      error: (error) => {
        this.#operations.delete(operation)
        sink.error(this.#failureOf(error))
      },
      complete: () => {
        // Also called when we stop by ourselves; then nobody listens any more.
        if (this.#operations.delete(operation)) sink.complete()
      },
    })
    const stop = (): void => {
      this.#operations.delete(operation)
      dispose()
    }
    return stop
  }

  dispose(): void {
    clearTimeout(this.#pongTimer)
    // Rejects when it finds no connection to close.
    void Promise.resolve(this.#client.dispose()).catch(() => undefined)
    this.#client.terminate()
  }

  #expectPong(): void {
    clearTimeout(this.#pongTimer)
    this.#pongTimer = setTimeout(() => this.#client.terminate(), pongWithinMs)
  }

  #lost(): void {
    clearTimeout(this.#pongTimer)
    const started = [...this.#operations].filter((operation) => operation.started)
    if (started.length > 0) this.#logger.warn({ url: this.url, streams: started.length }, 'A subgraph left its streams')
    for (const operation of started) operation.lose()
  }

  /** The subgraph's own errors keep code and sentence when they have a code; a broken connection is an outage. */
  #failureOf(error: unknown): Error {
    if (!Array.isArray(error)) return unavailable(error)
    const [first] = error as readonly { message: string; extensions?: Record<string, unknown> }[]
    const code = first?.extensions?.['code']
    if (first !== undefined && isErrorCode(code) && code !== 'GRAPHQL_VALIDATION_FAILED')
      return new DomainError(code, first.message)
    return new Error(`A subgraph refused a subscription: ${first?.message ?? 'no reason'}`)
  }
}

async function waitWithJitter(retries: number): Promise<void> {
  const longest = Math.min(firstRetryMs * 2 ** Math.min(retries, 10), longestRetryMs)
  await new Promise((resolve) => setTimeout(resolve, longest / 2 + (Math.random() * longest) / 2))
}
