import { DomainError, InvalidFields } from '@parley/kernel/errors'

/**
 * Permissions. Every signed-in user may read the public data of all users (`@SignedIn()` stands at each field), and
 * only the viewer's own account can be changed: no field of this subgraph takes the id of an account to act on.
 * Presence and status are seen by those who share a conversation with the person (application/circle.ts).
 */
export const sessionOver = (): DomainError =>
  new DomainError('auth', 'UNAUTHENTICATED', 'Your session is over. Sign in again.')

export const usernameTaken = (username: string): DomainError =>
  new InvalidFields([
    {
      field: 'username',
      code: 'USERNAME_TAKEN',
      message: `The username ${username} is taken. Choose another one.`,
    },
  ])

/** The same error for an unknown username: it must not reveal who has an account. */
export const invalidCredentials = (): DomainError =>
  new DomainError('input', 'INVALID_CREDENTIALS', 'The username or the password is wrong.')

export const noSuchUser = (): DomainError => new DomainError('state', 'NOT_FOUND', 'There is no such account.')

export const tooManyTries = (retryAfterSeconds: number): DomainError =>
  new DomainError(
    'temporary',
    'RATE_LIMITED',
    `Too many tries. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`,
  )

export const tooManyPeople = (most: number): DomainError =>
  new DomainError('input', 'INVALID_INPUT', `The presence of at most ${most} people can be followed at once.`)

/** Also for an id without an account. */
export const presenceRefusal = {
  code: 'NO_SHARED_CONVERSATION',
  message: 'You share no conversation with this person, so you cannot see when they are here.',
} as const
