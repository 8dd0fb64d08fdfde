import { type Expectation, type Expectations, under } from './expectation.ts'

const listedParts = ['title', 'memberCount']
const conversationParts = [...listedParts, 'members.0.role']
const conversationOwn = ['members.0.user.displayName']
const conversationFromMessage = ['lastMessage.text', 'unreadCount', 'headSeq']

/** As the list has it: its newest message is from another subgraph. */
const listedAt = (path: string): Pick<Expectation, 'owner' | 'whole' | 'without'> => ({
  owner: 'conversation',
  whole: under(path, [...listedParts, ...conversationFromMessage]),
  without: { message: under(path, listedParts) },
})

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

export const conversationExpectations: Expectations = {
  Conversations: {
    ...listedAt('conversations.edges.0.node'),
    as: ({ cleo }) => cleo,
    variables: () => ({ first: 20, after: null }),
  },
  Opening: {
    owner: 'user',
    whole: ['viewer.displayName', ...listedAt('conversations.edges.0.node').whole],
    without: {
      conversation: ['viewer.displayName'],
      message: ['viewer.displayName', ...under('conversations.edges.0.node', listedParts)],
    },
    as: ({ cleo }) => cleo,
    variables: () => ({ first: 20 }),
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
}
