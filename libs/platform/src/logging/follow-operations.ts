import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import type { GraphQLFormattedError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import { acceptedRequestId, type RequestContext, withRequestContext } from './request-context'

interface Operation extends RequestContext {
  beganAt?: number
}

const logger = new Logger('Subscriptions')

/** By the subscribe message: graphql-ws hands the same one to every hook of an operation. */
const operations = new WeakMap<SubscribePayload, Operation>()

/** Of an operation over WebSocket: what its message brings as `extensions.requestId`, or else a new one. */
export const requestIdOf = (payload: SubscribePayload): string => operationOf(payload).requestId

/** Each hook of an operation runs in this, so that its log lines and its errors bear the operation's request id. */
export const inOperation = <Result>(payload: SubscribePayload, run: () => Result): Result =>
  withRequestContext({ requestId: requestIdOf(payload) }, run)

/** The log lines of an operation, as follow-requests.ts has one for a request over HTTP. */
export const operationLog = {
  subscribed(payload: SubscribePayload): void {
    operationOf(payload).beganAt = performance.now()
    inOperation(payload, () => logger.log(named(payload), 'Subscribed'))
  },
  failed(payload: SubscribePayload, errors: readonly GraphQLFormattedError[]): void {
    const codes = errors.map(({ extensions }) => extensions?.['code'])
    inOperation(payload, () => logger.log({ ...named(payload), codes }, 'Subscription failed'))
  },
  /** After `failed` too; not for an operation that never began. */
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

/** Its author chose the name, and how long it is. */
const named = ({ operationName }: SubscribePayload) => ({ operation: operationName?.slice(0, 64) })
