import { AnnounceChangeHandler } from './announce-change'
import { ForgetLeaverHandler } from './forget-leaver'
import { GetUnreadHandler } from './get-unread'
import { NotifyOfJoiningHandler } from './notify-of-joining'
import { NotifyOfMessageHandler } from './notify-of-message'
import { RecordReadingHandler } from './record-reading'

/** Everything that this subgraph does, besides the stream of follow-badge.ts. */
export const commandHandlers = [
  NotifyOfMessageHandler,
  NotifyOfJoiningHandler,
  ForgetLeaverHandler,
  AnnounceChangeHandler,
  RecordReadingHandler,
]
export const queryHandlers = [GetUnreadHandler]
