import { FindUsersHandler } from './find-users'
import { GetUsersHandler } from './get-users'
import { LogInHandler } from './log-in'
import { LogOutHandler } from './log-out'
import { RefreshSessionHandler } from './refresh-session'
import { RegisterHandler } from './register'
import { UpdateProfileHandler } from './update-profile'

/** All commands and queries of this subgraph. */
export const commandHandlers = [
  RegisterHandler,
  LogInHandler,
  RefreshSessionHandler,
  LogOutHandler,
  UpdateProfileHandler,
]
export const queryHandlers = [GetUsersHandler, FindUsersHandler]
