import { AddMembersHandler } from './add-members'
import { CreateGroupConversationHandler } from './create-group-conversation'
import { DescribeConversationHandler } from './describe-conversation'
import { GetConversationHandler } from './get-conversation'
import { GetConversationsHandler } from './get-conversations'
import { GetMembersHandler } from './get-members'
import { LeaveConversationHandler } from './leave-conversation'
import { ListConversationsHandler } from './list-conversations'
import { RecordActivityHandler } from './record-activity'
import { RecordUserHandler } from './record-user'
import { RemoveMemberHandler } from './remove-member'
import { RenameConversationHandler } from './rename-conversation'
import { SetTopicHandler } from './set-topic'
import { StartDirectConversationHandler } from './start-direct-conversation'

/** All commands and queries of this subgraph. */
export const commandHandlers = [
  StartDirectConversationHandler,
  CreateGroupConversationHandler,
  AddMembersHandler,
  LeaveConversationHandler,
  RemoveMemberHandler,
  RenameConversationHandler,
  SetTopicHandler,
  RecordUserHandler,
  RecordActivityHandler,
]
export const queryHandlers = [
  GetConversationHandler,
  GetConversationsHandler,
  ListConversationsHandler,
  GetMembersHandler,
  DescribeConversationHandler,
]
