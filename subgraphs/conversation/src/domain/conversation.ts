import { type Decision, type Fold, unreachable } from '@parley/kernel/decider'
import { InvalidFields } from '@parley/kernel/errors'
import type { Branded, UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { charactersOf, isVisible, oneLine } from '@parley/kernel/normalized'

export type ConversationTitle = Branded<'ConversationTitle'>

/** One line within the limit; otherwise throws InvalidFields with what to do. */
export function conversationTitle(raw: string): ConversationTitle {
  const title = oneLine(raw, limits.titleLength)
  if (!isVisible(title)) throw invalid('title', 'Give the conversation a title with at least one visible character.')
  const length = charactersOf(title)
  if (length > limits.titleLength)
    throw invalid('title', `A title has at most ${limits.titleLength} characters; this one has ${length}.`)
  return title as ConversationTitle
}

export type ConversationTopic = Branded<'ConversationTopic'>

/** One line within the limit, null without visible characters; otherwise throws InvalidFields with what to do. */
export function conversationTopic(raw: string): ConversationTopic | null {
  const topic = oneLine(raw, limits.topicLength)
  const length = charactersOf(topic)
  if (length > limits.topicLength)
    throw invalid('topic', `A topic has at most ${limits.topicLength} characters; this one has ${length}.`)
  return isVisible(topic) ? (topic as ConversationTopic) : null
}

const invalid = (field: string, message: string): InvalidFields =>
  new InvalidFields([{ field, code: 'INVALID_FIELD', message }])

export type ConversationKind = 'direct' | 'group'
export type MemberRole = 'owner' | 'member'

export interface Member {
  readonly userId: UserId
  readonly role: MemberRole
}

/** The state of a conversation. */
export interface Conversation {
  readonly kind: ConversationKind
  readonly title: string | null
  readonly topic: string | null
  /** Longest-standing first. */
  readonly members: readonly Member[]
  /** Its initial state: distinguishes a repeated start from a different one with the same id. */
  readonly begun: { readonly title: string | null; readonly memberIds: readonly UserId[] }
}

/** null: the conversation has not begun. */
export type ConversationState = Conversation | null

/**
 * Other subgraphs receive them and members see them under the same names; the actor and the time are beside the event.
 */
export type ConversationEvent =
  | {
      readonly type: 'ConversationStarted'
      readonly data: {
        readonly kind: ConversationKind
        readonly title: string | null
        readonly members: readonly Member[]
      }
    }
  | { readonly type: 'MemberJoined'; readonly data: { readonly memberId: UserId; readonly role: MemberRole } }
  /** `heirId`: the new owner of the conversation, when its last owner left and members remain. */
  | { readonly type: 'MemberLeft'; readonly data: { readonly memberId: UserId; readonly heirId: UserId | null } }
  | { readonly type: 'TitleChanged'; readonly data: { readonly title: string } }
  /** `topic`: null when it was cleared. */
  | { readonly type: 'TopicChanged'; readonly data: { readonly topic: string | null } }

export type ConversationCommand = Decision<ConversationState, ConversationEvent>

export const conversationFold: Fold<ConversationState, ConversationEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === 'ConversationStarted') {
      const { kind, title, members } = event.data
      return { kind, title, topic: null, members, begun: { title, memberIds: members.map(({ userId }) => userId) } }
    }
    if (state === null) throw new Error(`${event.type} before the conversation began`)
    switch (event.type) {
      case 'MemberJoined': {
        const { memberId, role } = event.data
        return { ...state, members: [...state.members, { userId: memberId, role }] }
      }
      case 'MemberLeft':
        return { ...state, members: without(state.members, event.data) }
      case 'TitleChanged':
        return { ...state, title: event.data.title }
      case 'TopicChanged':
        return { ...state, topic: event.data.topic }
      default:
        return unreachable(event)
    }
  },
}

const without = (
  members: readonly Member[],
  { memberId, heirId }: { memberId: UserId; heirId: UserId | null },
): readonly Member[] =>
  members
    .filter(({ userId }) => userId !== memberId)
    .map((member) => (member.userId === heirId ? { ...member, role: 'owner' } : member))
