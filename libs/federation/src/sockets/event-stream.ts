import type { ServerResponse } from 'node:http'
import type { GraphQLFormattedError } from 'graphql'
import type { EncodedResult } from '../operation-sink'
import { ClientOperation } from './client-operation'

const nextEvent = 'event: next\ndata: '
const endOfEvent = '\n\n'
const completeEvent = 'event: complete\ndata:\n\n'
/** A comment, which every reader of event streams skips. */
const heartbeat = ':\n\n'

export interface EventStreamOptions {
  /** What may wait for a slow reader; beyond it the stream ends, and the client has to resume. */
  readonly bufferedBytes: number
  /** The wait before a client connects again, in milliseconds; different for each, so that not all come at once. */
  readonly retryMs: number
  /** The response has ended, or begins to. */
  readonly ended: () => void
}

/** One operation as server-sent events: the "distinct connections mode" of graphql-sse. */
export class EventStream<Client, Data> extends ClientOperation<Client, Data> {
  #isCorked = false

  constructor(
    readonly client: Client,
    private readonly response: ServerResponse,
    private readonly options: EventStreamOptions,
  ) {
    super()
    response.on('close', () => this.leave())
    response.on('error', () => this.leave())
  }

  /** Answers the request: from now on errors, too, are events. */
  open(headers: Readonly<Record<string, number | string | string[] | undefined>>): void {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.response.setHeader(name, value)
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would collect events before it sends them.
      'x-accel-buffering': 'no',
    })
    this.response.write(`retry: ${Math.round(this.options.retryMs)}\n\n`)
  }

  beat(): void {
    if (this.isOpen) this.#write(heartbeat)
  }

  /** Ends the stream as a lost connection does: without `complete`, so that the client connects again. */
  interrupt(): void {
    if (!this.isOpen) return
    this.leave()
    this.#uncork()
    this.response.end()
  }

  /** Ends it if the client has not even taken the end of it. */
  cut(): void {
    this.response.destroy()
  }

  overflow(): void {
    this.interrupt()
  }

  protected sendResult(result: EncodedResult): void {
    const ahead = this.response.writableLength
    if (ahead > 0 && ahead + result.size > this.options.bufferedBytes) {
      this.overflow()
      return
    }
    for (const each of result.results) {
      this.#write(nextEvent)
      this.#write(each)
      this.#write(endOfEvent)
    }
  }

  protected sendErrors(errors: readonly GraphQLFormattedError[]): void {
    this.#write(`${nextEvent}${JSON.stringify({ errors })}${endOfEvent}`)
    this.sendEnd()
  }

  protected sendEnd(): void {
    this.#uncork()
    this.response.end(completeEvent)
  }

  protected ended(): void {
    this.options.ended()
  }

  /** What is written in one turn of the event loop goes out together. */
  #write(chunk: Buffer | string): void {
    if (!this.#isCorked) {
      this.#isCorked = true
      this.response.cork()
      setImmediate(() => this.#uncork())
    }
    this.response.write(chunk)
  }

  /** Before an end too: node would write the end before what is corked. */
  #uncork(): void {
    if (!this.#isCorked) return
    this.#isCorked = false
    this.response.uncork()
  }
}
