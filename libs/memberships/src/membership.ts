import { type EventOf, kindsOn } from '@parley/contracts/integration-events'
import { unreachable } from '@parley/kernel/decider'

export interface Member {
  readonly userId: string
  readonly role: 'owner' | 'member'
}

/** The members of a conversation with their roles, at a version of its stream. */
export interface Membership {
  readonly conversationId: string
  readonly version: number
  readonly members: readonly Member[]
}

/** A conversation that has not started: the fold of no events. */
export const nobody = (conversationId: string): Membership => ({ conversationId, version: 0, members: [] })

export const memberIn = ({ members }: Membership, id: string): Member | null =>
  members.find(({ userId }) => userId === id) ?? null

export const isIn = (membership: Membership, id: string): boolean => memberIn(membership, id) !== null

/** The replica applies every kind of conversation event, because each one takes a version of the stream. */
export const conversationKinds = kindsOn('parley.conversation')
export type ConversationEvent = EventOf<(typeof conversationKinds)[number]>

/** An event that changes members or their roles: its data lists the members. */
type MembershipChange = Extract<ConversationEvent, { data: { members: unknown } | { memberId: unknown } }>

const changesMembership = (event: ConversationEvent): event is MembershipChange =>
  'members' in event.data || 'memberId' in event.data

/** The members whom the event adds or removes. */
export function concernedBy({ data }: ConversationEvent): readonly string[] {
  if ('members' in data) return data.members.map(({ userId }) => userId)
  return 'memberId' in data ? [data.memberId] : []
}

/**
 * Folds one event. Events that are not newer change nothing. Null when there is a gap between the known version and the
 * event: then only the owner knows the members.
 */
export function foldMembership(known: Membership, event: ConversationEvent): Membership | null {
  const { streamVersion } = event.data
  if (streamVersion <= known.version) return known
  if (streamVersion > known.version + 1 && event.type !== 'ConversationStarted') return null
  return { conversationId: known.conversationId, version: streamVersion, members: membersAfter(known.members, event) }
}

function membersAfter(members: readonly Member[], event: ConversationEvent): readonly Member[] {
  switch (event.type) {
    case 'ConversationStarted':
      return event.data.members
    case 'MemberJoined': {
      const { memberId, role } = event.data
      return [...without(members, memberId), { userId: memberId, role }]
    }
    case 'MemberLeft': {
      const { memberId, heirId } = event.data
      return without(members, memberId).map((member) =>
        member.userId === heirId ? { ...member, role: 'owner' } : member,
      )
    }
    default:
      return changesMembership(event) ? unreachable(event) : members
  }
}

const without = (members: readonly Member[], id: string): readonly Member[] =>
  members.filter(({ userId }) => userId !== id)
