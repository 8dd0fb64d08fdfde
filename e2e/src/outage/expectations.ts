import type { Subgraph } from '@parley/launcher/workspace'
import { Client } from '@parley/testing/client'

/** The users and objects of the operations; what an operation consumes is created anew for each outage. */
export interface World {
  readonly ann: Client
  readonly ben: Client
  /** Her only conversation. */
  readonly cleo: Client
  readonly conversation: string
  /** One of Ann's in that conversation. */
  readonly message: string
  /** Another one of hers, to be deleted, which may be done again and again. */
  readonly doomed: string
  /** A session that an operation ends or refreshes. */
  readonly leaver: Client
  readonly renewer: Client
  /** A group of Ben's, which Ann leaves. */
  readonly leavable: string
  /** Did not exist before. */
  readonly unique: string
  readonly uuid: () => string
}

export interface Expectation {
  /** Without this subgraph the operation is impossible: a typed error is expected. */
  readonly owner: Subgraph
  /** Parts of the answer, `a.0.b` for lists, that must be present when nothing is down. */
  readonly whole: readonly string[]
  /** Parts that must still be present while another subgraph is down; all of `whole` for one that is not listed. */
  readonly without?: Partial<Record<Subgraph, readonly string[]>>
  /** The caller; Ann by default. */
  readonly as?: (world: World) => Client
  readonly variables: (world: World) => Record<string, unknown>
}

const conversationParts = ['title', 'memberCount', 'members.0.role']
const conversationOwn = ['members.0.user.displayName']
const conversationFromMessage = ['lastMessage.text', 'unreadCount', 'headSeq']

const under = (path: string, parts: readonly string[]): readonly string[] => parts.map((part) => `${path}.${part}`)

/** A conversation with its members' names from one subgraph and its newest message from another. */
const conversationAt = (path: string): Pick<Expectation, 'owner' | 'whole' | 'without'> => ({
  owner: 'conversation',
  whole: under(path, [...conversationParts, ...conversationOwn, ...conversationFromMessage]),
  without: {
    user: under(path, [...conversationParts, ...conversationFromMessage]),
    message: under(path, [...conversationParts, ...conversationOwn]),
  },
})

/** The same for a conversation without messages. */
const newConversationAt = (path: string): Pick<Expectation, 'owner' | 'whole' | 'without'> => ({
  owner: 'conversation',
  whole: under(path, ['memberCount', ...conversationOwn]),
  without: { user: under(path, ['memberCount', 'members.0.role']) },
})

/** Which messages are pinned depends on what runs at the same time. */
const pinnedOf: Expectation = {
  owner: 'conversation',
  whole: ['conversation.id', 'conversation.pinnedMessages'],
  without: { message: ['conversation.id'] },
  variables: ({ conversation }) => ({ conversationId: conversation }),
}

const accountAt = (...whole: string[]): Pick<Expectation, 'owner' | 'whole'> => ({ owner: 'user', whole })

const stranger = ({ ann }: World): Client => new Client(ann.url)

/** Variables and expected parts, one row for each operation of the web client. */
export const expectations: Readonly<Record<string, Expectation>> = {
  Viewer: { ...accountAt('viewer.username', 'viewer.displayName'), variables: () => ({}) },
  FindUsers: { ...accountAt('findUsers.0.displayName'), variables: () => ({ query: 'ben', first: 5 }) },
  PersonById: { ...accountAt('user.displayName'), variables: ({ ben }) => ({ id: ben.userId }) },
  Register: {
    ...accountAt('register.user.username', 'register.accessTokenExpiresAt'),
    as: stranger,
    variables: ({ unique }) => ({
      input: { username: `new_${unique}`, displayName: 'New', password: 'correct horse battery' },
    }),
  },
  LogIn: {
    ...accountAt('logIn.user.username'),
    as: stranger,
    variables: () => ({ input: { username: 'ann', password: 'correct horse battery' } }),
  },
  RefreshSession: {
    ...accountAt('refreshSession.user.username'),
    as: ({ renewer }) => renewer,
    variables: () => ({}),
  },
  LogOut: { ...accountAt('logOut.ok'), as: ({ leaver }) => leaver, variables: () => ({}) },
  UpdateProfile: {
    ...accountAt('updateProfile.user.displayName'),
    variables: () => ({ input: { displayName: 'Ann Arbor' } }),
  },
  Conversations: {
    ...conversationAt('conversations.edges.0.node'),
    as: ({ cleo }) => cleo,
    variables: () => ({ first: 20, after: null }),
  },
  ConversationById: {
    ...conversationAt('conversation'),
    variables: ({ conversation }) => ({ id: conversation }),
  },
  StartDirectConversation: {
    ...newConversationAt('startDirectConversation.conversation'),
    variables: ({ ben }) => ({ input: { userId: ben.userId } }),
  },
  CreateGroupConversation: {
    ...newConversationAt('createGroupConversation.conversation'),
    variables: ({ ben, uuid }) => ({ input: { clientId: uuid(), title: 'Outage', memberIds: [ben.userId] } }),
  },
  // What changes nothing, because other operations run at the same time.
  RenameConversation: {
    ...conversationAt('renameConversation.conversation'),
    variables: ({ conversation }) => ({ input: { conversationId: conversation, title: 'Outage' } }),
  },
  SetTopic: {
    ...conversationAt('setTopic.conversation'),
    variables: ({ conversation }) => ({ input: { conversationId: conversation, topic: '' } }),
  },
  AddMembers: {
    ...conversationAt('addMembers.conversation'),
    variables: ({ conversation, ben }) => ({ input: { conversationId: conversation, userIds: [ben.userId] } }),
  },
  RemoveMember: {
    ...conversationAt('removeMember.conversation'),
    variables: ({ conversation, uuid }) => ({ input: { conversationId: conversation, userId: uuid() } }),
  },
  LeaveConversation: {
    owner: 'conversation',
    whole: ['leaveConversation.errors'],
    variables: ({ leavable }) => ({ input: { conversationId: leavable } }),
  },
  History: {
    owner: 'message',
    whole: ['timeline.conversation.readLine', ...under('timeline', ['headSeq', ...eventParts()])],
    without: { user: ['timeline.conversation.readLine', ...under('timeline', ['headSeq', ...eventOwn()])] },
    variables: ({ conversation }) => ({ conversationId: conversation, before: null, last: 10 }),
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
  Threads: { owner: 'message', whole: ['threads.edges'], variables: () => ({ first: 10 }) },
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
  PinnedIds: pinnedOf,
  PinnedMessages: pinnedOf,
  BookmarkedIds: {
    owner: 'conversation',
    whole: ['conversation.id', 'conversation.bookmarkedIds'],
    without: { message: ['conversation.id'] },
    variables: ({ conversation }) => ({ conversationId: conversation }),
  },
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
  ForgetBookmark: {
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
  Presence: {
    ...accountAt('presence.people.0.state'),
    variables: ({ ann, ben }) => ({ userIds: [ann.userId, ben.userId], isActive: true }),
  },
  SetStatus: {
    ...accountAt('setStatus.presence.status.text'),
    variables: () => ({ input: { text: 'During an outage' } }),
  },
  // Ben's, because the operations run at once: Ann's status would be cleared before its own answer shows it.
  ClearStatus: {
    ...accountAt('clearStatus.presence.userId'),
    as: ({ ben }) => ben,
    variables: () => ({}),
  },
  SetPresencePrivacy: {
    ...accountAt('setPresencePrivacy.presence.userId'),
    variables: () => ({ input: { isHidden: false } }),
  },
  Inbox: { owner: 'message', whole: ['inbox.cursor', 'inbox.unreadCount'], variables: () => ({ after: null }) },
}

function eventParts(): readonly string[] {
  return [...eventOwn(), 'events.0.actor.displayName']
}

function eventOwn(): readonly string[] {
  return ['events.0.seq', 'events.0.actorId', 'events.0.message.text', 'events.0.message.clientId']
}
