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
 * The one place that knows what the drivers throw. `refused`: an engine or a neighbour did not do what it was asked, `open`: it
 * may have. `null`: the failure is not an outage. Looks through causes and through what several attempts threw.
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

/** Of any realm: Node's own errors are no `Error` of the sandbox that tests run in. */
const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]'

function ofDomain({ category }: DomainError): Outage | null {
  if (category === 'temporary') return 'refused'
  return category === 'unknown' ? 'open' : null
}

/** True when an engine or a neighbour did not answer: the same work may well succeed later. */
export const isOutage = (error: unknown): boolean => outageOf(error) !== null

/** Nothing was done. */
export const unavailable = (cause: unknown): DomainError =>
  new DomainError(
    'temporary',
    'UNAVAILABLE',
    'Parley cannot reach a part of itself. Nothing was lost; try again in a moment.',
    {
      cause,
    },
  )

/** A write went out and its answer did not come back. */
export const outcomeUnknown = (cause: unknown): DomainError =>
  new DomainError('unknown', 'OUTCOME_UNKNOWN', 'It may have been done. Try again: the same client id will tell.', {
    cause,
  })
