import { ListBookmarksHandler } from './list-bookmarks'
import { AddBookmarkHandler, RemoveBookmarkHandler } from './set-bookmark'
import { DeleteMessageHandler } from './delete-message'
import { EditMessageHandler } from './edit-message'
import { ForwardMessageHandler } from './forward-message'
import { GetHistoryHandler } from './get-history'
import { GetMessageHandler } from './get-message'
import { GetThreadHandler } from './get-thread'
import { ListThreadsHandler } from './list-threads'
import { ListVersionsHandler } from './list-versions'
import { MarkReadHandler } from './mark-read'
import { MarkThreadReadHandler } from './mark-thread-read'
import { MarkUnreadHandler } from './mark-unread'
import { RecordConversationChangeHandler } from './record-conversation-change'
import { SendMessageHandler } from './send-message'
import { MuteConversationHandler, UnmuteConversationHandler } from './set-mute'
import { SetPinHandler } from './set-pin'
import { SetReactionHandler } from './set-reaction'
import { SetReceiptPrivacyHandler } from './set-receipt-privacy'
import { SetTypingHandler } from './set-typing'

/** All commands and queries of this subgraph, besides the live streams (presentation/resolvers.ts). */
export const commandHandlers = [
  SendMessageHandler,
  ForwardMessageHandler,
  EditMessageHandler,
  SetReactionHandler,
  SetPinHandler,
  AddBookmarkHandler,
  RemoveBookmarkHandler,
  DeleteMessageHandler,
  MarkReadHandler,
  MarkThreadReadHandler,
  MarkUnreadHandler,
  MuteConversationHandler,
  UnmuteConversationHandler,
  SetReceiptPrivacyHandler,
  SetTypingHandler,
  RecordConversationChangeHandler,
]
export const queryHandlers = [
  GetHistoryHandler,
  GetMessageHandler,
  GetThreadHandler,
  ListThreadsHandler,
  ListBookmarksHandler,
  ListVersionsHandler,
]
