import type { DriverOutage } from './outage'

const names = new Set(['ClusterAllFailedError', 'MaxRetriesPerRequestError', 'AbortError'])

/** ioredis has no class for these. */
const messages = new Set([
  'Connection is closed.',
  'Command timed out',
  "Cluster isn't ready and enableOfflineQueue options is false",
  "Stream isn't writeable and enableOfflineQueue options is false",
  'None of startup nodes is available',
  'Failed to refresh slots cache.',
  'Cluster is disconnected.',
  'Cluster is disconnecting.',
  'Node is disconnected',
])

/** The first word of an error reply from the server. */
const replies = new Set([
  'CLUSTERDOWN',
  'LOADING',
  'MASTERDOWN',
  'READONLY',
  'TRYAGAIN',
  'NOREPLICAS',
  'MISCONF',
  'OOM',
  'BUSY',
])

const isRedirectedTooOften = ({ message }: Error): boolean => message.startsWith('Too many Cluster redirections.')

/**
 * ioredis and its cluster. Always open: the cluster resends a command whose answer was lost, so its last error does not
 * describe the first attempt.
 */
export const redisOutage: DriverOutage = (error) => {
  const isOfClient = names.has(error.name) || messages.has(error.message) || isRedirectedTooOften(error)
  const isOfServer = error.name === 'ReplyError' && replies.has(error.message.split(' ')[0] ?? '')
  return isOfClient || isOfServer ? 'open' : null
}
