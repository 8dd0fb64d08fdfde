import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { currentRequestId } from '@parley/platform/logging/request-context'
import { v5 } from 'uuid'
import type { RecordedConversationEvent } from './projections'

/**
 * What other subgraphs hear of an event: the same under the same name, with where it stands and who did it. Its id is made of
 * the stream and the version: the same whenever it is made again.
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
