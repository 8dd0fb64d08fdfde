import { DomainError } from '@parley/kernel/errors'

/** Outsiders hear the same of a conversation that exists as of one that does not: ids are no secrets, existence is. */
export const noSuchConversation = (): DomainError =>
  new DomainError('state', 'NOT_FOUND', 'There is no such conversation, or you are not a member of it.')
