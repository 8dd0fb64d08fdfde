import { DomainError } from '@parley/kernel/errors'
import { isDriverBug } from './failures/driver-bug'
import { hidesEarlierAttempts, kafkaOutage } from './failures/kafka'
import { mongoOutage } from './failures/mongo'
import { networkOutage } from './failures/network'
import { type Outage, together } from './failures/outage'
import { postgresOutage } from './failures/postgres'
import { redisOutage } from './failures/redis'

const drivers = [postgresOutage, mongoOutage, redisOutage, kafkaOutage, networkOutage]

/**
 * The one place that knows the errors of the drivers. `refused`: an engine or another service did not do what was
 * requested, `open`: it may have. `null`: the failure is not an outage. Looks through causes and aggregated errors.
 */
export function outageOf(error: unknown): Outage | null {
  if (!isError(error)) return null
  if (error instanceof DomainError) return ofDomain(error)
  for (const driver of drivers) {
    const outage = driver(error)
    if (outage !== null) return outage
  }
  if (isDriverBug(error)) return 'open'
  const inner = error.cause === error ? null : outageOf(error.cause)
  if (inner !== null) return hidesEarlierAttempts(error) ? 'open' : inner
  return 'errors' in error && Array.isArray(error.errors) ? together(error.errors.map(outageOf)) : null
}

/** Of any realm: in the sandbox of tests, Node's own errors are not instances of `Error`. */
const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]'

function ofDomain({ category }: DomainError): Outage | null {
  if (category === 'temporary') return 'refused'
  return category === 'unknown' ? 'open' : null
}

/** True when an engine or another service did not answer: a retry may succeed later. */
export const isOutage = (error: unknown): boolean => outageOf(error) !== null

/** Nothing was done. */
export const unavailable = (cause: unknown): DomainError =>
  new DomainError(
    'temporary',
    'UNAVAILABLE',
    'A part of Parley is not available at the moment. Nothing was changed; try again in a moment.',
    {
      cause,
    },
  )

/** A write was sent and its answer was lost. */
export const outcomeUnknown = (cause: unknown): DomainError =>
  new DomainError(
    'unknown',
    'OUTCOME_UNKNOWN',
    'This may have been done already. Trying again is safe: it is not done twice.',
    {
      cause,
    },
  )
