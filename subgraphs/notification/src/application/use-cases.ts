import { ForgetLeaverHandler } from './forget-leaver'
import { ListNotificationsHandler } from './list-notifications'
import { NotifyAddedHandler } from './notify-added'

/** Everything that this subgraph does. */
export const commandHandlers = [NotifyAddedHandler, ForgetLeaverHandler]
export const queryHandlers = [ListNotificationsHandler]
