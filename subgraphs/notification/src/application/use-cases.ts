import { ForgetLeaverHandler } from './forget-leaver'
import { ListNotificationsHandler } from './list-notifications'
import { NotifyAddedHandler } from './notify-added'
import { NotifyMentionedHandler } from './notify-mentioned'

/** All commands and queries of this subgraph. */
export const commandHandlers = [NotifyAddedHandler, NotifyMentionedHandler, ForgetLeaverHandler]
export const queryHandlers = [ListNotificationsHandler]
