import { type Decider, unreachable } from '@parley/kernel/decider'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type { ConversationTitle } from './conversation-title'
import { memberList } from './member-list'
import {
  directHasNoTitle,
  directIsNotLeft,
  directStaysForTwo,
  mayAddMembers,
  mayLeave,
  mayRename,
  maySee,
  noSuchConversation,
} from './policy'

export type ConversationKind = 'direct' | 'group'
export type MemberRole = 'owner' | 'member'

export interface Member {
  readonly userId: UserId
  readonly role: MemberRole
}

/** What a conversation is at an instant. */
export interface Conversation {
  readonly kind: ConversationKind
  readonly title: string | null
  /** The longest-standing first. */
  readonly members: readonly Member[]
  /** As it began: what tells a repeated start from another one under the same id. */
  readonly begun: { readonly title: string | null; readonly memberIds: readonly UserId[] }
}

export type ConversationCommand =
  | { readonly type: 'start-direct'; readonly actor: UserId; readonly userId: UserId }
  | {
      readonly type: 'start-group'
      readonly actor: UserId
      readonly title: ConversationTitle
      readonly memberIds: readonly UserId[]
    }
  | { readonly type: 'add-members'; readonly actor: UserId; readonly userIds: readonly UserId[] }
  | { readonly type: 'leave'; readonly actor: UserId }
  | { readonly type: 'rename'; readonly actor: UserId; readonly title: ConversationTitle }

export type ConversationEvent =
  | {
      readonly type: 'conversation.started'
      readonly data: {
        readonly kind: ConversationKind
        readonly title: string | null
        readonly members: readonly Member[]
      }
    }
  | { readonly type: 'member.added'; readonly data: { readonly userId: UserId } }
  /** `heir`: who owns the conversation from now on, when its last owner left somebody behind. */
  | { readonly type: 'member.left'; readonly data: { readonly userId: UserId; readonly heir: UserId | null } }
  | { readonly type: 'renamed'; readonly data: { readonly title: string } }

/** null: the conversation has not begun. */
export type ConversationState = Conversation | null

type CommandOf<Type extends ConversationCommand['type']> = Extract<ConversationCommand, { type: Type }>

export const conversationDecider: Decider<ConversationState, ConversationCommand, ConversationEvent> = {
  initial: null,
  decide(command, state) {
    switch (command.type) {
      case 'start-direct':
        return startDirect(command, state)
      case 'start-group':
        return startGroup(command, state)
      case 'add-members':
        return addMembers(command, visibleTo(command.actor, state))
      case 'leave':
        return leave(command, visibleTo(command.actor, state))
      case 'rename':
        return rename(command, visibleTo(command.actor, state))
      default:
        return unreachable(command)
    }
  },
  evolve(state, event) {
    if (event.type === 'conversation.started') {
      const { kind, title, members } = event.data
      return { kind, title, members, begun: { title, memberIds: members.map(({ userId }) => userId) } }
    }
    if (state === null) throw new Error(`${event.type} before the conversation began`)
    switch (event.type) {
      case 'member.added':
        return { ...state, members: [...state.members, { userId: event.data.userId, role: 'member' }] }
      case 'member.left':
        return { ...state, members: without(state.members, event.data) }
      case 'renamed':
        return { ...state, title: event.data.title }
      default:
        return unreachable(event)
    }
  },
}

function visibleTo(actor: UserId, state: ConversationState): Conversation {
  if (state === null || !maySee(state, actor)) throw noSuchConversation()
  return state
}

/** The id is made of the pair, so a conversation that has begun is the one of these two. */
function startDirect(
  { actor, userId }: CommandOf<'start-direct'>,
  state: ConversationState,
): readonly ConversationEvent[] {
  if (actor === userId) throw new DomainError('INVALID_INPUT', 'A direct conversation is between two different people.')
  if (state !== null) return []
  const members: readonly Member[] = [actor, userId].map((id) => ({ userId: id, role: 'member' }))
  return [{ type: 'conversation.started', data: { kind: 'direct', title: null, members } }]
}

/** The id is made of the creator and the client id, so a conversation that has begun was asked for by the same client id. */
function startGroup(
  { actor, title, memberIds }: CommandOf<'start-group'>,
  state: ConversationState,
): readonly ConversationEvent[] {
  const everybody = memberList([actor, ...memberIds])
  if (state === null) {
    const members = everybody.map((userId): Member => ({ userId, role: userId === actor ? 'owner' : 'member' }))
    return [{ type: 'conversation.started', data: { kind: 'group', title, members } }]
  }
  const same = state.begun.title === title && samePeople(state.begun.memberIds, everybody)
  if (!same) {
    throw new DomainError(
      'CLIENT_ID_REUSED',
      'This client id has created another conversation. Make a new one for each conversation.',
    )
  }
  return []
}

function addMembers(
  { actor, userIds }: CommandOf<'add-members'>,
  conversation: Conversation,
): readonly ConversationEvent[] {
  if (!mayAddMembers(conversation, actor)) throw directStaysForTwo()
  const present = conversation.members.map(({ userId }) => userId)
  const everybody = memberList([...present, ...userIds])
  return everybody.slice(present.length).map((userId) => ({ type: 'member.added', data: { userId } }))
}

function leave({ actor }: CommandOf<'leave'>, conversation: Conversation): readonly ConversationEvent[] {
  if (!mayLeave(conversation, actor)) throw directIsNotLeft()
  const staying = conversation.members.filter(({ userId }) => userId !== actor)
  const owned = staying.some(({ role }) => role === 'owner')
  return [{ type: 'member.left', data: { userId: actor, heir: owned ? null : (staying[0]?.userId ?? null) } }]
}

function rename({ actor, title }: CommandOf<'rename'>, conversation: Conversation): readonly ConversationEvent[] {
  if (!mayRename(conversation, actor)) throw directHasNoTitle()
  return conversation.title === title ? [] : [{ type: 'renamed', data: { title } }]
}

/** Of lists that name everybody once. */
const samePeople = (these: readonly UserId[], those: readonly UserId[]): boolean =>
  these.length === those.length && these.every((id) => those.includes(id))

const without = (
  members: readonly Member[],
  { userId, heir }: { userId: UserId; heir: UserId | null },
): readonly Member[] =>
  members
    .filter((member) => member.userId !== userId)
    .map((member) => (member.userId === heir ? { ...member, role: 'owner' } : member))
