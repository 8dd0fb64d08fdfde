import { FindUsersHandler } from './find-users'
import { GetPresenceHandler } from './get-presence'
import { GetUsersHandler } from './get-users'
import { LogInHandler } from './log-in'
import { LogOutHandler } from './log-out'
import { OnlinePeopleHandler } from './online-people'
import { RefreshSessionHandler } from './refresh-session'
import { RegisterHandler } from './register'
import { SetPresencePrivacyHandler } from './set-presence-privacy'
import { SetStatusHandler } from './set-status'
import { UpdateProfileHandler } from './update-profile'

/** All commands and queries of this subgraph. */
export const commandHandlers = [
  RegisterHandler,
  LogInHandler,
  RefreshSessionHandler,
  LogOutHandler,
  UpdateProfileHandler,
  SetStatusHandler,
  SetPresencePrivacyHandler,
]
export const queryHandlers = [GetUsersHandler, FindUsersHandler, GetPresenceHandler, OnlinePeopleHandler]
