import { AsyncLocalStorage } from 'node:async_hooks'

/** Follows one request through gateway, subgraphs, Kafka and consumers. */
export interface RequestContext {
  readonly requestId: string
}

const storage = new AsyncLocalStorage<RequestContext>()

export const currentRequestId = (): string | undefined => storage.getStore()?.requestId

export function withRequestContext<Result>(context: RequestContext, run: () => Result): Result {
  return storage.run(context, run)
}

const acceptable = /^[\w-]{8,64}$/

/** An id from a client is accepted only when it is short and plain: it is written to logs. */
export const acceptedRequestId = (value: unknown): string | undefined =>
  typeof value === 'string' && acceptable.test(value) ? value : undefined
