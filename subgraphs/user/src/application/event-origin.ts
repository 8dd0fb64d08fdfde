import { randomUUID } from 'node:crypto'
import type { EventOrigin } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { currentRequestId } from '@parley/platform/logging/request-context'

/** The origin of an event about an account; with the request's id, for the consumers' logs. */
export const eventOrigin = (userId: UserId, time: Date): EventOrigin => ({
  id: randomUUID(),
  source: '/subgraphs/user',
  subject: userId,
  time,
  requestId: currentRequestId(),
})
