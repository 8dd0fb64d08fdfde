import type { EncodedResult, OperationSink } from '@parley/federation/operation-sink'
import type { GraphQLFormattedError } from 'graphql'
import type { ClientOperation } from './client'

/** One follower's operation of a shared stream, whose errors are logged and marked as its own. */
export class FollowerSink implements OperationSink {
  constructor(private readonly operation: ClientOperation) {}

  next(result: EncodedResult): void {
    this.operation.next(result)
  }

  error(errors: readonly GraphQLFormattedError[]): void {
    const { data: followed, isOpen } = this.operation
    if (!isOpen || followed === undefined) return
    const { requestId } = followed
    const own = errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }))
    followed.failed(own)
    this.operation.error(own)
  }

  complete(): void {
    this.operation.complete()
  }
}
