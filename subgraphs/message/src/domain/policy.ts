import { DomainError, InvalidFields } from '@parley/kernel/errors'
import type { MessageId, UserId } from '@parley/kernel/ids'
import type { Message } from './message'

interface MemberWithRole {
  readonly userId: string
  readonly role: 'owner' | 'member'
}

/**
 * Permissions, one line per rule, with the errors of their refusals; application/admission.ts decides who may see a
 * conversation.
 */
export const mayEdit = ({ authorId }: Message, userId: UserId): boolean => authorId === userId

/** Nobody rewrites the words of others under their name. */
export const isOwnText = ({ forwardedFromId }: Message): boolean => forwardedFromId === null

/** Moderators delete what others wrote. */
export const mayDelete = ({ authorId }: Message, member: MemberWithRole): boolean =>
  authorId === member.userId || moderates(member)

/** The owner of a group; a direct conversation has none. */
const moderates = ({ role }: MemberWithRole): boolean => role === 'owner'

/** A deleted message stays as it is. */
export const mayChange = ({ deletedAt }: Message): boolean => deletedAt === null

/** One level: a reply has no thread of its own. */
export const mayHaveThread = ({ threadId }: Message): boolean => threadId === null

/** In the list that a reply is written in: a thread with its root, or the conversation's own (`rootId` null). */
export const mayQuote = ({ id, line, threadId }: Message, rootId: MessageId | null): boolean =>
  rootId === null ? line !== null : id === rootId || threadId === rootId

/**
 * The same error for a conversation that exists and for one that does not: non-members must not learn whether it
 * exists.
 */
export const noSuchConversation = (): DomainError =>
  new DomainError('state', 'NOT_FOUND', 'There is no such conversation, or you are not a member of it.')

export const noSuchMessage = (): DomainError =>
  new DomainError('state', 'NOT_FOUND', 'There is no such message, or you are not a member of its conversation.')

export const onlyAuthorsEdit = (): DomainError =>
  new DomainError('state', 'NOT_AUTHOR', 'Only the person who wrote a message can change it.')

export const wordsOfOthers = (): DomainError =>
  new DomainError('state', 'FORWARDED', 'A forwarded message has the words of somebody else and cannot be changed.')

export const onlyModeratorsDelete = (): DomainError =>
  new DomainError(
    'state',
    'NOT_MODERATOR',
    'Only the person who wrote a message and the owner of the group can delete it.',
  )

export const messageIsDeleted = (): DomainError =>
  new DomainError('state', 'MESSAGE_DELETED', 'This message was deleted. It cannot be changed any more.')

export const nothingToForward = (): DomainError =>
  new DomainError('state', 'MESSAGE_DELETED', 'This message was deleted. It cannot be forwarded any more.')

export const noSuchQuote = (): InvalidFields =>
  invalidQuote('NOT_IN_CONVERSATION', 'There is no such message in this conversation. Reply to one that is in it.')

export const quoteIsDeleted = (): InvalidFields =>
  invalidQuote('MESSAGE_DELETED', 'The message that you reply to was deleted. Send yours without the quote.')

export const quoteIsElsewhere = (): InvalidFields =>
  invalidQuote('NOT_IN_LIST', 'The message that you reply to is in another thread. Reply to it there.')

const invalidQuote = (code: string, message: string) => new InvalidFields([{ field: 'replyToId', code, message }])

export const threadIsClosed = (): DomainError =>
  new DomainError('state', 'MESSAGE_DELETED', 'The message that this thread is about was deleted: no more replies.')

export const threadInThread = (): DomainError =>
  new DomainError('state', 'THREAD_IN_THREAD', 'This message is in a thread itself. Reply in that thread.')

export const deletedOtherwise = (): DomainError =>
  new DomainError(
    'input',
    'CLIENT_ID_REUSED',
    'This client id was used for something else. Make a new one for each deletion.',
  )

export const sentOtherwise = (): DomainError =>
  new DomainError('input', 'CLIENT_ID_REUSED', 'This was sent before as something else. Send it as a new message.')

export const editedOtherwise = (): DomainError =>
  new DomainError('input', 'CLIENT_ID_REUSED', 'This was saved before with another text. Save it as a new change.')

export const changedOtherwise = (): DomainError =>
  new DomainError('input', 'CLIENT_ID_REUSED', 'This was sent before as something else. Send it as a new change.')

export const changedMeanwhile = (): DomainError =>
  new DomainError('state', 'CONFLICT', 'Others were changing the same message. Try again.')
