import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import type { GraphQLFormattedError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import { acceptedRequestId, withRequestContext } from './request-context'

const logger = new Logger('Subscriptions')

/**
 * The request id of an operation over WebSocket and its log lines; follow-requests.ts does the same for HTTP requests.
 * Holds nothing of the subscribe message, which may be large.
 */
export class FollowedOperation {
  /** `extensions.requestId` of its message, or a new one. */
  readonly requestId: string
  readonly #name: string | undefined
  #beganAt: number | undefined

  constructor({ operationName, extensions }: Pick<SubscribePayload, 'operationName' | 'extensions'>) {
    this.requestId = acceptedRequestId(extensions?.['requestId']) ?? randomUUID()
    // Shortened, because the client chooses the name and its length.
    this.#name = operationName?.slice(0, 64)
  }

  /** Runs in the request context of the operation, so that log lines and errors carry the request id. */
  run<Result>(run: () => Result): Result {
    return withRequestContext({ requestId: this.requestId }, run)
  }

  subscribed(): void {
    this.#beganAt = performance.now()
    this.run(() => logger.log({ operation: this.#name }, 'Subscribed'))
  }

  failed(errors: readonly GraphQLFormattedError[]): void {
    const codes = errors.map(({ extensions }) => extensions?.['code'])
    this.run(() => logger.log({ operation: this.#name, codes }, 'Subscription failed'))
  }

  /** Called after `failed` too, but not for an operation that never started. */
  ended(): void {
    if (this.#beganAt === undefined) return
    const ms = Math.round(performance.now() - this.#beganAt)
    this.run(() => logger.log({ operation: this.#name, ms }, 'Subscription ended'))
  }
}

/** Keyed by the subscribe message: graphql-ws passes the same object to every hook of an operation. */
const operations = new WeakMap<SubscribePayload, FollowedOperation>()

/** Runs a hook of an operation in its request context. */
export const inOperation = <Result>(payload: SubscribePayload, run: () => Result): Result => followed(payload).run(run)

/** The log lines of an operation whose hooks know its subscribe message. */
export const operationLog = {
  subscribed: (payload: SubscribePayload): void => followed(payload).subscribed(),
  failed: (payload: SubscribePayload, errors: readonly GraphQLFormattedError[]): void =>
    followed(payload).failed(errors),
  ended: (payload: SubscribePayload): void => followed(payload).ended(),
}

function followed(payload: SubscribePayload): FollowedOperation {
  const known = operations.get(payload)
  if (known !== undefined) return known
  const operation = new FollowedOperation(payload)
  operations.set(payload, operation)
  return operation
}
