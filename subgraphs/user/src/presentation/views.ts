import type { GrantedSession } from '../application/session-grants'
import type { User } from '../domain/account'
import type { UserType } from './user.types'

/** Whitelists what leaves this subgraph, field by field. */
export const userView = ({ id, username, displayName, createdAt }: User): UserType => ({
  id,
  username,
  displayName,
  createdAt,
})

export const sessionView = ({ user, grant }: GrantedSession) => ({
  user: userView(user),
  accessTokenExpiresAt: grant.accessToken.expiresAt,
})
