import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import type { GraphQLFormattedError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import { acceptedRequestId, type RequestContext, withRequestContext } from './request-context'

interface Operation extends RequestContext {
  beganAt?: number
}

const logger = new Logger('Subscriptions')

/** Keyed by the subscribe message: graphql-ws passes the same object to every hook of an operation. */
const operations = new WeakMap<SubscribePayload, Operation>()

/** The request id of an operation over WebSocket: `extensions.requestId` of its message, or a new one. */
export const requestIdOf = (payload: SubscribePayload): string => operationOf(payload).requestId

/** Runs a hook of an operation in its request context, so that its log lines and errors carry the request id. */
export const inOperation = <Result>(payload: SubscribePayload, run: () => Result): Result =>
  withRequestContext({ requestId: requestIdOf(payload) }, run)

/** The log lines of an operation; follow-requests.ts does the same for HTTP requests. */
export const operationLog = {
  subscribed(payload: SubscribePayload): void {
    operationOf(payload).beganAt = performance.now()
    inOperation(payload, () => logger.log(named(payload), 'Subscribed'))
  },
  failed(payload: SubscribePayload, errors: readonly GraphQLFormattedError[]): void {
    const codes = errors.map(({ extensions }) => extensions?.['code'])
    inOperation(payload, () => logger.log({ ...named(payload), codes }, 'Subscription failed'))
  },
  /** Called after `failed` too, but not for an operation that never started. */
  ended(payload: SubscribePayload): void {
    const { beganAt } = operationOf(payload)
    if (beganAt === undefined) return
    const ms = Math.round(performance.now() - beganAt)
    inOperation(payload, () => logger.log({ ...named(payload), ms }, 'Subscription ended'))
  },
}

function operationOf(payload: SubscribePayload): Operation {
  const known = operations.get(payload)
  if (known !== undefined) return known
  const operation = { requestId: acceptedRequestId(payload.extensions?.['requestId']) ?? randomUUID() }
  operations.set(payload, operation)
  return operation
}

/** Shortened, because the client chooses the name and its length. */
const named = ({ operationName }: SubscribePayload) => ({ operation: operationName?.slice(0, 64) })
