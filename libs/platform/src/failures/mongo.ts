import { codeOf, type DriverOutage, oneOf } from './outage'

const byName = oneOf<string>(
  [
    'MongoServerSelectionError',
    'MongooseServerSelectionError',
    'MongoNotConnectedError',
    'MongoPoolClearedError',
    'MongoPoolClosedError',
    'MongoWaitQueueTimeoutError',
    'DisconnectedError',
  ],
  [
    'MongoNetworkError',
    'MongoNetworkTimeoutError',
    'PoolClearedOnNetworkError',
    'MongoTopologyClosedError',
    'MongoClientClosedError',
    'MongoServerClosedError',
    'MongoOperationTimeoutError',
    'MongoWriteConcernError',
    'MongoStalePrimaryError',
  ],
)

const byServerCode = oneOf<string | number | undefined>(
  [
    91, // ShutdownInProgress
    133, // FailedToSatisfyReadPreference
    134, // ReadConcernMajorityNotAvailableYet
    189, // PrimarySteppedDown
    10_058, // LegacyNotPrimary
    10_107, // NotWritablePrimary
    13_435, // NotPrimaryNoSecondaryOk
    13_436, // NotPrimaryOrSecondary
  ],
  [
    6, // HostUnreachable
    7, // HostNotFound
    50, // MaxTimeMSExpired
    64, // WriteConcernTimeout
    89, // NetworkTimeout
    262, // ExceededTimeLimit
    9_001, // SocketException
    11_600, // InterruptedAtShutdown
    11_602, // InterruptedDueToReplStateChange
  ],
)

/** A command before the first connection is established; mongoose has no class for this error. */
const isBeforeConnection = ({ name, message }: Error): boolean =>
  name === 'MongooseError' && /before initial connection|buffering timed out|force closed/.test(message)

/** The failure came before a command was sent, or before it changed anything. */
const isHarmless = (error: Error): boolean =>
  'errorLabels' in error &&
  Array.isArray(error.errorLabels) &&
  (error.errorLabels.includes('HandshakeError') || error.errorLabels.includes('NoWritesPerformed'))

/**
 * A bulk write hides the error that ended it and keeps its message. After a server error it has that error's code;
 * without any write error it was the connection. A failed server selection leaves its `reason`, and then nothing was
 * sent.
 */
function bulkOutage(error: Error) {
  if (codeOf(error) !== undefined) return byServerCode(codeOf(error))
  const { writeErrors, insertedCount, reason } = error as Error & {
    writeErrors?: unknown
    insertedCount?: number
    reason?: unknown
  }
  if (Array.isArray(writeErrors) && writeErrors.length > 0) return null
  return reason !== undefined && insertedCount === 0 ? 'refused' : 'open'
}

/** mongoose and the driver below it. */
export const mongoOutage: DriverOutage = (error) => {
  if (error.name === 'MongoBulkWriteError') return bulkOutage(error)
  if (isBeforeConnection(error)) return 'refused'
  const outage = byName(error.name) ?? (error.name.startsWith('Mongo') ? byServerCode(codeOf(error)) : null)
  return outage !== null && isHarmless(error) ? 'refused' : outage
}
