import { DomainError, InvalidFields } from '@parley/kernel/errors'

/**
 * Who may do what. Everybody who is signed in may see what is public of everybody (`@SignedIn()` stands at each field), and
 * only the viewer's own account changes: no field of this subgraph takes the id of an account to act upon.
 */
export const sessionOver = (): DomainError =>
  new DomainError('auth', 'UNAUTHENTICATED', 'Your session is over. Sign in again.')

export const usernameTaken = (username: string): DomainError =>
  new InvalidFields([
    {
      field: 'username',
      code: 'USERNAME_TAKEN',
      message: `Somebody is called ${username} already. Choose another username.`,
    },
  ])

/** The same for a name that nobody has: who has an account is not for strangers to find out. */
export const invalidCredentials = (): DomainError =>
  new DomainError('input', 'INVALID_CREDENTIALS', 'The username or the password is wrong.')

export const noSuchUser = (): DomainError => new DomainError('state', 'NOT_FOUND', 'There is no such account.')

export const tooManyTries = (retryAfterSeconds: number): DomainError =>
  new DomainError(
    'temporary',
    'RATE_LIMITED',
    `Too many tries. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`,
  )
