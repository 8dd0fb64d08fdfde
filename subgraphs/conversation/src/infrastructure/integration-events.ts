import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { currentRequestId } from '@parley/platform/logging/request-context'
import { v5 } from 'uuid'
import type { RecordedConversationEvent } from './projections'

/**
 * The integration event of a domain event: the same data under the same name, with its version and actor. Its id is
 * derived from the stream and the version, so it is always the same.
 */
export function toIntegrationEvent({
  streamId,
  version,
  actor,
  at,
  event,
}: RecordedConversationEvent): AnyIntegrationEvent {
  const origin = {
    id: v5(String(version), streamId),
    source: '/subgraphs/conversation',
    subject: streamId,
    time: at,
    requestId: currentRequestId(),
  }
  const common = { conversationId: streamId, streamVersion: version, actorId: actor }
  return integrationEvent(event.type, { ...common, ...event.data } as never, origin) as AnyIntegrationEvent
}
