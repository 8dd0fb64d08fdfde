import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'

const before = '{"type":"next","payload":'
const after = ',"id":"'

/** A result of an operation as JSON, or several that are sent together: encoded once for all its subscribers. */
export class EncodedResult {
  /** The messages of graphql-transport-ws that carry them, each up to the id: ids differ, and so stand last. */
  readonly fronts: readonly Buffer[]
  /** The length of the fronts in bytes. */
  readonly size: number

  constructor(content: string | readonly EncodedResult[]) {
    this.fronts =
      typeof content === 'string'
        ? [Buffer.from(`${before}${content}${after}`)]
        : content.flatMap(({ fronts }) => fronts)
    this.size = this.fronts.reduce((sum, { length }) => sum + length, 0)
  }

  static of(result: FormattedExecutionResult): EncodedResult {
    return new EncodedResult(JSON.stringify(result))
  }

  static together(results: readonly EncodedResult[]): EncodedResult {
    const [only] = results
    return results.length === 1 && only !== undefined ? only : new EncodedResult(results)
  }

  /** The results alone, as JSON. */
  get results(): readonly Buffer[] {
    return this.fronts.map((front) => front.subarray(before.length, front.length - after.length))
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
