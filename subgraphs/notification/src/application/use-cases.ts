import { ForgetLeaverHandler } from './forget-leaver'
import { ListNotificationsHandler } from './list-notifications'
import { NotifyAddedHandler } from './notify-added'

/** All commands and queries of this subgraph. */
export const commandHandlers = [NotifyAddedHandler, ForgetLeaverHandler]
export const queryHandlers = [ListNotificationsHandler]
