import { DomainError } from '@parley/kernel/errors'

/**
 * Who may do what. Everybody who is signed in may see what is public of everybody (`@SignedIn()` stands at each field), and
 * only the viewer's own account changes: no field of this subgraph takes the id of an account to act upon.
 */
export const sessionOver = (): DomainError =>
  new DomainError('auth', 'UNAUTHENTICATED', 'Your session is over. Sign in again.')

export const tooManyTries = (retryAfterSeconds: number): DomainError =>
  new DomainError(
    'temporary',
    'RATE_LIMITED',
    `Too many tries. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`,
  )
