import { networkOutage } from './network'
import { type DriverOutage, oneOf } from './outage'

const byName = oneOf<string>(
  [
    'KafkaJSBrokerNotFound',
    'KafkaJSNoBrokerAvailableError',
    'KafkaJSGroupCoordinatorNotFound',
    'KafkaJSMetadataNotLoaded',
    'KafkaJSTopicMetadataNotLoaded',
    'KafkaJSLockTimeout',
  ],
  ['KafkaJSConnectionClosedError', 'KafkaJSRequestTimeoutError', 'KafkaJSTimeout'],
)

/**
 * An idempotent producer that lost an answer can lose its sequence number: the broker then refuses all further records,
 * until a new producer is created. EventProducer does that.
 */
const byType = oneOf<unknown>(
  ['BROKER_NOT_AVAILABLE'],
  ['OUT_OF_ORDER_SEQUENCE_NUMBER', 'DUPLICATE_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID', 'INVALID_PRODUCER_EPOCH'],
)

/**
 * The broker's refusals that kafkajs itself would retry: no leader yet, not enough replicas, a group that rebalances.
 */
const isPassing = (error: Error): boolean => 'retriable' in error && error.retriable === true

/** kafkajs. */
export const kafkaOutage: DriverOutage = (error) => {
  if (!error.name.startsWith('KafkaJS')) return null
  if (error.name === 'KafkaJSConnectionError') return networkOutage(error) ?? 'refused'
  const known = byName(error.name) ?? byType('type' in error ? error.type : undefined)
  if (known !== null) return known
  const isOfBroker = error.name === 'KafkaJSProtocolError' || error.name === 'KafkaJSError'
  return isOfBroker && isPassing(error) ? 'open' : null
}

/** The retry error has only the last attempt: earlier ones may have been accepted and their answers lost. */
export const hidesEarlierAttempts = ({ name }: Error): boolean =>
  name === 'KafkaJSNumberOfRetriesExceeded' || name === 'KafkaJSNonRetriableError'
