import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type { Conversation } from './conversation'

/** Permissions, one line per rule, with the errors of their refusals. */
export const maySee = ({ members }: Conversation, userId: UserId): boolean =>
  members.some((member) => member.userId === userId)
export const mayAddMembers = (conversation: Conversation, userId: UserId): boolean =>
  isGroup(conversation) && maySee(conversation, userId)
export const mayRename = (conversation: Conversation, userId: UserId): boolean =>
  isGroup(conversation) && maySee(conversation, userId)
export const mayLeave = (conversation: Conversation, userId: UserId): boolean =>
  isGroup(conversation) && maySee(conversation, userId)

export const mayRemoveMembers = ({ members }: Conversation, userId: UserId): boolean =>
  members.some((member) => member.userId === userId && member.role === 'owner')

export const isGroup = ({ kind }: Conversation): boolean => kind === 'group'

/**
 * The same error for a conversation that exists and for one that does not: non-members must not learn whether it
 * exists.
 */
export const noSuchConversation = (): DomainError =>
  new DomainError('state', 'NOT_FOUND', 'There is no such conversation, or you are not a member of it.')

export const directStaysForTwo = (): DomainError =>
  new DomainError(
    'input',
    'DIRECT_CONVERSATION',
    'A direct conversation stays between its two people. Start a group to bring in others.',
  )

export const directIsNotNamed = (): DomainError =>
  new DomainError(
    'input',
    'DIRECT_CONVERSATION',
    'A direct conversation is named after its people. Start a group to give it a title or a topic of its own.',
  )

export const onlyOwnersRemove = (): DomainError =>
  new DomainError('state', 'NOT_OWNER', 'Only the owner of a group can remove people from it.')

export const removesOneself = (): DomainError =>
  new DomainError('input', 'INVALID_INPUT', 'You cannot remove yourself. Leave the group instead.')

export const directIsNotLeft = (): DomainError =>
  new DomainError('input', 'DIRECT_CONVERSATION', 'A direct conversation cannot be left.')
