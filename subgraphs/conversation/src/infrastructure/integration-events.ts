import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { unreachable } from '@parley/kernel/decider'
import { currentRequestId } from '@parley/platform/logging/request-context'
import { v5 } from 'uuid'
import type { RecordedConversationEvent } from './projections'

/** What other subgraphs hear of an event. Its id is made of the stream and the version: the same whenever it is made again. */
export function toIntegrationEvent({
  streamId,
  version,
  actor,
  at,
  event,
}: RecordedConversationEvent): AnyIntegrationEvent {
  const common = { conversationId: streamId, streamVersion: version }
  const origin = {
    id: v5(String(version), streamId),
    source: '/subgraphs/conversation',
    subject: streamId,
    time: at,
    requestId: currentRequestId(),
  }
  switch (event.type) {
    case 'conversation.started': {
      const { kind, title, members } = event.data
      const data = {
        ...common,
        kind,
        title,
        startedBy: actor,
        members: members.map(({ userId, role }) => ({ userId, role })),
      }
      return integrationEvent('conversation.started', data, origin)
    }
    case 'member.added': {
      const data = { ...common, userId: event.data.userId, role: 'member' as const, addedBy: actor }
      return integrationEvent('conversation.member-added', data, origin)
    }
    case 'member.left':
      return integrationEvent('conversation.member-left', { ...common, userId: event.data.userId }, origin)
    case 'renamed':
      return integrationEvent('conversation.renamed', { ...common, title: event.data.title, renamedBy: actor }, origin)
    default:
      return unreachable(event)
  }
}
