import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'

/** A result of an operation as JSON, encoded once for all its subscribers. */
export class EncodedResult {
  readonly bytes: Buffer

  constructor(json: string) {
    this.bytes = Buffer.from(json)
  }

  static of(result: FormattedExecutionResult): EncodedResult {
    return new EncodedResult(JSON.stringify(result))
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
