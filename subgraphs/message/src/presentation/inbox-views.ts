import type { InboxFrame } from '../application/follow-inbox'
import type { InboxEntry } from '../domain/inbox-view'
import type { InboxEntryType, InboxFrameType } from './inbox.types'
import { messageView } from './message.types'
import { muteView } from './mute.types'
import { threadView } from './thread-views'

/** Whitelists what leaves this subgraph of inboxes, field by field. */

const inboxEntryView = ({
  conversationId,
  seq,
  detailsSeq,
  readLine,
  revision,
  unread,
  mentions,
  mute,
  lastMessage,
}: InboxEntry): InboxEntryType => ({
  conversationId,
  conversation: { id: conversationId },
  headSeq: seq,
  detailsSeq,
  readLine,
  readRevision: revision,
  unreadCount: unread,
  mentionCount: mentions,
  mute: muteView(mute),
  ...(lastMessage === null ? {} : { lastMessage: messageView(lastMessage) }),
})

export const inboxFrameView = ({ cursor, unread, entries, gone, isCut, ...frame }: InboxFrame): InboxFrameType => ({
  cursor,
  unreadCount: unread,
  mentionCount: frame.mentions,
  entries: entries.map(inboxEntryView),
  goneIds: [...gone],
  threads: frame.threads.map((thread) => threadView(thread)),
  unreadThreadCount: frame.unreadThreads,
  isCut,
  bookmarksChanged: frame.bookmarksChanged,
})
