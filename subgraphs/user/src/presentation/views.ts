import { unreachable } from '@parley/kernel/decider'
import type { LogInResult } from '../application/log-in'
import type { RefreshedSession } from '../application/refresh-session'
import type { RegisterResult } from '../application/register'
import type { UpdateProfileResult } from '../application/update-profile'
import type { User } from '../domain/account'
import type { FieldFault } from '../domain/account-fields'
import type { UpdateProfileResultView } from './profile.types'
import type { InvalidField } from './results'
import type { LogInResultView, RefreshSessionPayload, RegisterResultView } from './session.types'
import type { UserType } from './user.types'

/** Everything that leaves this subgraph is named here, field by field. */
export const userView = ({ id, username, displayName, createdAt }: User): UserType => ({
  id,
  username,
  displayName,
  createdAt,
})

const faultView = ({ field, message }: FieldFault): InvalidField => ({ field, message })

export const refreshedView = ({ user, grant }: RefreshedSession): RefreshSessionPayload => ({
  accessTokenExpiresAt: grant.accessToken.expiresAt,
  user: userView(user),
})

const signedInView = ({ user, grant }: RefreshedSession): Extract<LogInResultView, { __typename: 'SignedIn' }> => ({
  __typename: 'SignedIn',
  user: userView(user),
  accessTokenExpiresAt: grant.accessToken.expiresAt,
})

export function registerView(result: RegisterResult): RegisterResultView {
  switch (result.type) {
    case 'signed-in':
      return signedInView(result)
    case 'username-taken':
      return {
        __typename: 'UsernameTaken',
        message: `Somebody is called ${result.username} already. Choose another username.`,
      }
    case 'invalid-fields':
      return { __typename: 'InvalidFields', fields: result.faults.map(faultView) }
    default:
      return unreachable(result)
  }
}

export const logInView = (result: LogInResult): LogInResultView =>
  result.type === 'signed-in'
    ? signedInView(result)
    : { __typename: 'InvalidCredentials', message: 'The username or the password is wrong.' }

export const updateProfileView = (result: UpdateProfileResult): UpdateProfileResultView =>
  result.type === 'updated'
    ? { __typename: 'ProfileUpdated', user: userView(result.user) }
    : { __typename: 'InvalidFields', fields: result.faults.map(faultView) }
