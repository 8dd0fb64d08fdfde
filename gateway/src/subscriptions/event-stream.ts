import type { FormattedExecutionResult } from 'graphql'

/** The payload that a subgraph sends for one event. */
export type UpstreamEvent = FormattedExecutionResult<Record<string, unknown>, unknown>

/** Receives what the upstream sends for one operation. */
export interface EventSink {
  next(event: UpstreamEvent): void
  /** The upstream refuses the operation or ends it with an error. */
  error(error: Error): void
  complete(): void
}

export interface EventStreamOptions<Result> {
  /** Starts the upstream operation and returns a function that stops it. */
  readonly open: (sink: EventSink) => () => void
  readonly execute: (...events: UpstreamEvent[]) => Promise<Result>
  /** How many pending events may be executed together; one after the other unless said. */
  readonly atOnce?: number
  readonly pendingLimit: number
  /** Too many events are pending; the stream accepts no more. */
  readonly onOverflow: () => void
}

const done = { done: true, value: undefined } as const

/**
 * The events of one operation, executed one after the other, so the order of the upstream is kept. Written by hand: an
 * async generator that waits for an event does not notice `return()` and would keep its upstream open.
 */
export class EventStream<Result> implements AsyncIterableIterator<Result, undefined> {
  readonly #queue: UpstreamEvent[] = []
  readonly #close: () => void
  #wake: (() => void) | undefined
  #ended = false
  #returned = false
  #failure: Error | undefined

  constructor(private readonly options: EventStreamOptions<Result>) {
    this.#close = options.open({
      next: (event) => this.#push(event),
      error: (error) => this.#end(error),
      complete: () => this.#end(),
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Result, undefined>> {
    while (!this.#returned) {
      const events = this.#queue.splice(0, this.options.atOnce ?? 1)
      if (events.length > 0) {
        const value = await this.options.execute(...events)
        return this.#isLeft() ? done : { done: false, value }
      }
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) return done
      await new Promise<void>((wake) => (this.#wake = wake))
    }
    return done
  }

  async return(): Promise<IteratorResult<Result, undefined>> {
    if (!this.#returned) {
      this.#returned = true
      this.#queue.length = 0
      this.#close()
      this.#wake?.()
    }
    return done
  }

  /** A method, because TypeScript assumes that the value does not change during the await. */
  #isLeft(): boolean {
    return this.#returned
  }

  #push(event: UpstreamEvent): void {
    if (this.#returned || this.#ended) return
    if (this.#queue.length >= this.options.pendingLimit) {
      this.options.onOverflow()
      void this.return()
      return
    }
    this.#queue.push(event)
    this.#wake?.()
  }

  #end(failure?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#failure = failure
    this.#wake?.()
  }
}
