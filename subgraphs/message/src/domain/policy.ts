import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type { Message } from './message'

/** Who may do what, a line a rule; who may see a conversation, application/admission.ts knows. The sentences beside them say no. */
export const mayEdit = ({ authorId }: Message, userId: UserId): boolean => authorId === userId

/** Outsiders hear the same of a conversation that exists as of one that does not: ids are no secrets, existence is. */
export const noSuchConversation = (): DomainError =>
  new DomainError('state', 'NOT_FOUND', 'There is no such conversation, or you are not a member of it.')

export const noSuchMessage = (): DomainError =>
  new DomainError('state', 'NOT_FOUND', 'There is no such message, or you are not a member of its conversation.')

export const onlyAuthorsEdit = (): DomainError =>
  new DomainError('state', 'NOT_AUTHOR', 'Only the person who wrote a message can change it.')

export const editedOtherwise = (): DomainError =>
  new DomainError('input', 'CLIENT_ID_REUSED', 'This was saved before with another text. Save it as a new change.')
