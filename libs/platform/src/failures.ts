import { DomainError } from '@parley/kernel/errors'

const outageNames = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MaxRetriesPerRequestError',
  'ClusterAllFailedError',
  'KafkaJSConnectionError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSBrokerNotFound',
])

const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  // PostgreSQL: admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

const hasCode = (error: Error): error is Error & { code: string } => 'code' in error && typeof error.code === 'string'

/** True when an engine or a neighbour did not answer: the same work may well succeed later. Looks through `cause`. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DomainError) return error.category === 'temporary'
  if (outageNames.has(error.name) || (hasCode(error) && outageCodes.has(error.code))) return true
  return error.cause !== undefined && isOutage(error.cause)
}

/** Nothing was done. */
export const unavailable = (cause: unknown): DomainError =>
  new DomainError('UNAVAILABLE', 'Parley cannot reach a part of itself. Nothing was lost; try again in a moment.', {
    cause,
  })

/** A write went out and its answer did not come back. */
export const outcomeUnknown = (cause: unknown): DomainError =>
  new DomainError('OUTCOME_UNKNOWN', 'It may have been done. Try again: the same client id will tell.', { cause })
