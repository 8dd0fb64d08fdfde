import { type Expectation, type Expectations, under } from './expectation.ts'

/** Which messages are pinned depends on what runs at the same time. */
const pinnedOf: Expectation = {
  owner: 'conversation',
  whole: ['conversation.id', 'conversation.pinnedMessages'],
  without: { message: ['conversation.id'] },
  variables: ({ conversation }) => ({ conversationId: conversation }),
}

const ofConversation = under('timeline.conversation', ['readLine', 'bookmarkedIds', 'pinnedMessages'])

export const messageExpectations: Expectations = {
  History: {
    owner: 'message',
    whole: ['timeline.conversation.readLine', ...under('timeline', ['headSeq', ...eventParts()])],
    without: { user: ['timeline.conversation.readLine', ...under('timeline', ['headSeq', ...eventOwn()])] },
    variables: ({ conversation }) => ({ conversationId: conversation, before: null, last: 10 }),
  },
  OpenTimeline: {
    owner: 'message',
    whole: [...ofConversation, ...under('timeline', ['headSeq', ...eventParts()]), 'conversation.members.0.role'],
    without: {
      user: [...ofConversation, ...under('timeline', ['headSeq', ...eventOwn()]), 'conversation.members.0.role'],
      conversation: [...ofConversation, ...under('timeline', ['headSeq', ...eventParts()])],
    },
    variables: ({ conversation }) => ({ conversationId: conversation, last: 10 }),
  },
  Thread: {
    owner: 'message',
    whole: ['thread.root.version', 'thread.root.author.displayName', 'thread.headSeq', 'thread.readLine'],
    without: { user: ['thread.root.version', 'thread.headSeq', 'thread.readLine'] },
    variables: ({ conversation, message }) => ({
      conversationId: conversation,
      rootId: message,
      before: null,
      last: 10,
    }),
  },
  MessageVersions: {
    owner: 'message',
    whole: ['message.versions.versions.0.text'],
    variables: ({ message }) => ({ messageId: message, last: 10 }),
  },
  QuotedMessage: {
    owner: 'message',
    whole: ['message.text', 'message.authorId'],
    variables: ({ message }) => ({ messageId: message }),
  },
  Threads: { owner: 'message', whole: ['threads.edges'], variables: () => ({ first: 10, after: null }) },
  MarkThreadRead: {
    owner: 'message',
    whole: ['markThreadRead.readLine', 'markThreadRead.unreadCount'],
    variables: ({ conversation, message }) => ({ input: { conversationId: conversation, rootId: message, line: 0 } }),
  },
  SendMessage: {
    owner: 'message',
    whole: ['sendMessage.event.seq', 'sendMessage.event.message.text', 'sendMessage.event.actor.displayName'],
    without: { user: ['sendMessage.event.seq', 'sendMessage.event.message.text'] },
    variables: ({ conversation, uuid }) => ({
      input: { conversationId: conversation, clientId: uuid(), text: 'During an outage' },
    }),
  },
  ForwardMessage: {
    owner: 'message',
    whole: ['forwardMessage.event.seq', 'forwardMessage.event.message.text', 'forwardMessage.event.actor.displayName'],
    without: { user: ['forwardMessage.event.seq', 'forwardMessage.event.message.text'] },
    variables: ({ conversation, message, uuid }) => ({
      input: { messageId: message, conversationId: conversation, clientId: uuid() },
    }),
  },
  EditMessage: {
    owner: 'message',
    whole: ['editMessage.event.seq', 'editMessage.event.message.text', 'editMessage.event.actor.displayName'],
    without: { user: ['editMessage.event.seq', 'editMessage.event.message.text'] },
    variables: ({ message, uuid }) => ({
      input: { messageId: message, clientId: uuid(), text: 'Edited during an outage' },
    }),
  },
  DeleteMessage: {
    owner: 'message',
    whole: [
      'deleteMessage.event.seq',
      'deleteMessage.event.message.deletedAt',
      'deleteMessage.event.actor.displayName',
    ],
    without: { user: ['deleteMessage.event.seq', 'deleteMessage.event.message.deletedAt'] },
    variables: ({ conversation, doomed, uuid }) => ({
      input: { conversationId: conversation, messageId: doomed, clientId: uuid() },
    }),
  },
  AddReaction: {
    owner: 'message',
    whole: ['addReaction.message.id'],
    variables: ({ conversation, message, uuid }) => ({
      input: { conversationId: conversation, messageId: message, clientId: uuid(), emoji: '👍' },
    }),
  },
  PinMessage: {
    owner: 'message',
    whole: ['pinMessage.message.id'],
    variables: ({ conversation, message, uuid }) => ({
      input: { conversationId: conversation, messageId: message, clientId: uuid() },
    }),
  },
  UnpinMessage: {
    owner: 'message',
    whole: ['unpinMessage.message.id'],
    variables: ({ conversation, message, uuid }) => ({
      input: { conversationId: conversation, messageId: message, clientId: uuid() },
    }),
  },
  Marked: { ...pinnedOf, whole: [...pinnedOf.whole, 'conversation.bookmarkedIds'] },
  PinnedMessages: pinnedOf,
  AddBookmark: {
    owner: 'message',
    whole: ['addBookmark.messageId'],
    variables: ({ message }) => ({ input: { messageId: message } }),
  },
  RemoveBookmark: {
    owner: 'message',
    whole: ['removeBookmark.messageId'],
    variables: ({ message }) => ({ input: { messageId: message } }),
  },
  Bookmarks: {
    owner: 'message',
    whole: ['bookmarks.edges', 'bookmarks.pageInfo.hasNextPage'],
    variables: () => ({ first: 10, after: null }),
  },
  RemoveReaction: {
    owner: 'message',
    whole: ['removeReaction.message.id'],
    variables: ({ conversation, message, uuid }) => ({
      input: { conversationId: conversation, messageId: message, clientId: uuid(), emoji: '👍' },
    }),
  },
  // Cleo's, who is told of nothing in these rows.
  MuteConversation: {
    owner: 'message',
    whole: ['muteConversation.conversation.mute.isMuted'],
    as: ({ cleo }) => cleo,
    variables: ({ conversation }) => ({ input: { conversationId: conversation } }),
  },
  UnmuteConversation: {
    owner: 'message',
    whole: ['unmuteConversation.conversation.mute.isMuted'],
    as: ({ cleo }) => cleo,
    variables: ({ conversation }) => ({ input: { conversationId: conversation } }),
  },
  MarkRead: {
    owner: 'message',
    whole: ['markRead.conversation.readLine', 'markRead.conversation.unreadCount'],
    variables: ({ conversation }) => ({ input: { conversationId: conversation, line: 2 } }),
  },
  MarkUnread: {
    owner: 'message',
    whole: ['markUnread.conversation.readLine'],
    variables: ({ conversation }) => ({ input: { conversationId: conversation, line: 1, revision: 0 } }),
  },
  ReadPositions: {
    owner: 'message',
    whole: ['readPositions.goneIds'],
    variables: ({ conversation }) => ({ conversationId: conversation }),
  },
  ReceiptPrivacy: { owner: 'message', whole: ['receiptPrivacy.isHidden'], variables: () => ({}) },
  SetReceiptPrivacy: {
    owner: 'message',
    whole: ['setReceiptPrivacy.receiptPrivacy.isHidden'],
    variables: () => ({ input: { isHidden: false } }),
  },
  Timeline: {
    owner: 'message',
    whole: under('timeline', ['headSeq', ...eventParts()]),
    without: { user: under('timeline', ['headSeq', ...eventOwn()]) },
    variables: ({ conversation }) => ({ conversationId: conversation, after: 1 }),
  },
  SetTyping: {
    owner: 'message',
    whole: ['setTyping.errors'],
    variables: ({ conversation }) => ({ input: { conversationId: conversation, typing: true } }),
  },
  Typing: {
    owner: 'message',
    whole: ['typing.userIds'],
    variables: ({ conversation }) => ({ conversationId: conversation }),
  },
  Inbox: { owner: 'message', whole: ['inbox.cursor', 'inbox.unreadCount'], variables: () => ({ after: null }) },
}

function eventParts(): readonly string[] {
  return [...eventOwn(), 'events.0.actor.displayName']
}

function eventOwn(): readonly string[] {
  return ['events.0.seq', 'events.0.actorId', 'events.0.message.text', 'events.0.message.clientId']
}
