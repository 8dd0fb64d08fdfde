import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type {
  Conversation,
  ConversationCommand,
  ConversationState,
  ConversationTitle,
  ConversationTopic,
  Member,
} from './conversation'
import { memberList } from './member-list'
import {
  directIsNotNamed,
  directIsNotLeft,
  directStaysForTwo,
  isGroup,
  mayAddMembers,
  mayLeave,
  mayRemoveMembers,
  mayRename,
  maySee,
  noSuchConversation,
  onlyOwnersRemove,
  removesOneself,
} from './policy'

/** The id is derived from the pair, so a conversation that has begun belongs to these two. */
export const startDirect =
  (actor: UserId, other: UserId): ConversationCommand =>
  (state) => {
    if (actor === other)
      throw new DomainError('input', 'INVALID_INPUT', 'A direct conversation is between two different people.')
    if (state !== null) return []
    const members = [actor, other].map((userId): Member => ({ userId, role: 'member' }))
    return [{ type: 'ConversationStarted', data: { kind: 'direct', title: null, members } }]
  }

/**
 * The id is derived from the creator and the client id, so a conversation that has begun was created with the same
 * client id.
 */
export const startGroup =
  (actor: UserId, title: ConversationTitle, memberIds: readonly UserId[]): ConversationCommand =>
  (state) => {
    const everybody = memberList([actor, ...memberIds])
    if (state === null) {
      const members = everybody.map((userId): Member => ({ userId, role: userId === actor ? 'owner' : 'member' }))
      return [{ type: 'ConversationStarted', data: { kind: 'group', title, members } }]
    }
    if (state.begun.title === title && samePeople(state.begun.memberIds, everybody)) return []
    throw new DomainError(
      'input',
      'CLIENT_ID_REUSED',
      'This client id has created another conversation. Make a new one for each conversation.',
    )
  }

export const addMembers =
  (actor: UserId, userIds: readonly UserId[]): ConversationCommand =>
  (state) => {
    const conversation = visibleTo(actor, state)
    if (!mayAddMembers(conversation, actor)) throw directStaysForTwo()
    const present = conversation.members.map(({ userId }) => userId)
    const everybody = memberList([...present, ...userIds])
    return everybody
      .slice(present.length)
      .map((memberId) => ({ type: 'MemberJoined', data: { memberId, role: 'member' } }))
  }

export const leave =
  (actor: UserId): ConversationCommand =>
  (state) => {
    const conversation = visibleTo(actor, state)
    if (!mayLeave(conversation, actor)) throw directIsNotLeft()
    const staying = conversation.members.filter(({ userId }) => userId !== actor)
    const isOwned = staying.some(({ role }) => role === 'owner')
    const heirId = isOwned ? null : (staying[0]?.userId ?? null)
    return [{ type: 'MemberLeft', data: { memberId: actor, heirId } }]
  }

/** Nothing happens to those who are no members: a retry, or one who has left meanwhile. */
export const removeMember =
  (actor: UserId, memberId: UserId): ConversationCommand =>
  (state) => {
    const conversation = visibleTo(actor, state)
    if (memberId === actor) throw removesOneself()
    if (!isGroup(conversation)) throw directStaysForTwo()
    if (!mayRemoveMembers(conversation, actor)) throw onlyOwnersRemove()
    // Whoever removes owns the conversation and stays, so there is no heir.
    return maySee(conversation, memberId) ? [{ type: 'MemberLeft', data: { memberId, heirId: null } }] : []
  }

export const rename =
  (actor: UserId, title: ConversationTitle): ConversationCommand =>
  (state) => {
    const conversation = visibleTo(actor, state)
    if (!mayRename(conversation, actor)) throw directIsNotNamed()
    return conversation.title === title ? [] : [{ type: 'TitleChanged', data: { title } }]
  }

export const setTopic =
  (actor: UserId, topic: ConversationTopic | null): ConversationCommand =>
  (state) => {
    const conversation = visibleTo(actor, state)
    if (!mayRename(conversation, actor)) throw directIsNotNamed()
    return conversation.topic === topic ? [] : [{ type: 'TopicChanged', data: { topic } }]
  }

function visibleTo(actor: UserId, state: ConversationState): Conversation {
  if (state === null || !maySee(state, actor)) throw noSuchConversation()
  return state
}

/** For lists without duplicates. */
const samePeople = (these: readonly UserId[], those: readonly UserId[]): boolean =>
  these.length === those.length && these.every((id) => those.includes(id))
