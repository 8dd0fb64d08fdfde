import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'

const before = '{"type":"next","payload":'
const after = ',"id":"'

/** A result of an operation as JSON, encoded once for all its subscribers. */
export class EncodedResult {
  /** The message of graphql-transport-ws that carries it, up to the id: ids differ, and so stand last. */
  readonly front: Buffer

  constructor(json: string) {
    this.front = Buffer.from(`${before}${json}${after}`)
  }

  static of(result: FormattedExecutionResult): EncodedResult {
    return new EncodedResult(JSON.stringify(result))
  }

  /** The result alone. */
  get bytes(): Buffer {
    return this.front.subarray(before.length, this.front.length - after.length)
  }
}

/** One subscriber's operation, as a transport (WebSocket, SSE) offers it to the source of its results. */
export interface OperationSink {
  next(result: EncodedResult): void
  /** Ends the operation with errors that may be shown to the client. */
  error(errors: readonly GraphQLFormattedError[]): void
  /** Ends the operation. */
  complete(): void
}

/** Where the results of an operation come from. */
export interface OperationSource {
  /** The subscriber has left: nothing more is sent to its sink. */
  stop(): void
}
