import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'

/** Who is in a conversation, as of a version of its stream. */
export interface Membership {
  readonly conversationId: string
  readonly version: number
  readonly memberIds: readonly string[]
}

/** A conversation that has not begun: the fold of no events. */
export const nobody = (conversationId: string): Membership => ({ conversationId, version: 0, memberIds: [] })

/**
 * Folds one event. Events that are not newer change nothing. The result is null when there is a hole between what is known and
 * the event: then only the owner can say who is in.
 */
export function foldMembership(known: Membership, event: AnyIntegrationEvent): Membership | null {
  if (!('streamVersion' in event.data)) return known
  const { streamVersion } = event.data
  if (streamVersion <= known.version) return known
  if (streamVersion > known.version + 1 && event.type !== 'conversation.started') return null
  return {
    conversationId: known.conversationId,
    version: streamVersion,
    memberIds: membersAfter(known.memberIds, event),
  }
}

function membersAfter(memberIds: readonly string[], event: AnyIntegrationEvent): readonly string[] {
  switch (event.type) {
    case 'conversation.started':
      return event.data.members.map(({ userId }) => userId)
    case 'conversation.member-added':
      return [...memberIds.filter((id) => id !== event.data.userId), event.data.userId]
    case 'conversation.member-left':
      return memberIds.filter((id) => id !== event.data.userId)
    default:
      return memberIds
  }
}
