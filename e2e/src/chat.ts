import { randomUUID } from 'node:crypto'
import { Client, userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import type { Stream } from '@parley/testing/stream'

export interface TimelineEventView {
  readonly __typename: string
  readonly seq: number
  /** Null for an event that makes no line. */
  readonly line: number | null
  readonly actorId: string
  /** Null while accounts are down. */
  readonly actor: { readonly id: string; readonly displayName: string } | null
  readonly message?: {
    readonly id: string
    readonly clientId: string
    readonly text: string
    readonly author: { readonly displayName: string } | null
  }
  readonly member?: { readonly id: string; readonly displayName: string }
}

export interface Frame {
  readonly events: readonly TimelineEventView[]
  readonly headSeq: number
}

export interface InboxFrame {
  readonly cursor: string
  readonly unreadCount: number
  readonly isCut: boolean
  readonly goneIds: readonly string[]
  readonly entries: readonly {
    readonly conversationId: string
    readonly headSeq: number
    readonly readLine: number
    readonly unreadCount: number
    readonly lastMessage: { readonly text: string } | null
  }[]
}

interface Listed {
  readonly conversations: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly unreadCount: number } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

export interface HistoryAnswer {
  readonly conversation: { readonly history: Frame & { readonly hasEarlier: boolean } }
}

/** `actor` and `author` belong to another subgraph, so every frame and page involves two. */
const eventFields = `__typename seq line actorId actor { id displayName }
  ... on MessageSent { message { id clientId text author { displayName } } }
  ... on MessageEdited { message { id clientId text author { displayName } } }
  ... on MessageDeleted { message { id clientId text deletedAt author { displayName } deletedBy { displayName } } }
  ... on MemberJoined { member { id displayName } }
  ... on MemberLeft { member { id displayName } }
  ... on TopicChanged { topic }`

/** Errors that a person can correct, in every payload. */
const errors = 'errors { code message ... on InvalidField { field } }'

export const queries = {
  send: `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { event { __typename seq line actorId actor { id displayName } message { id clientId text author { displayName } } } ${errors} } }`,
  edit: `mutation ($input: EditMessageInput!) { editMessage(input: $input) { event { __typename seq line actorId actor { id displayName } message { id clientId text author { displayName } } } errors { code } } }`,
  remove: `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { event { __typename seq line actorId actor { id displayName } message { id clientId text deletedAt author { displayName } deletedBy { displayName } } } errors { code } } }`,
  react: `mutation ($input: ReactionInput!) { addReaction(input: $input) { event { seq line } message { reactions { emoji count userIds } } ${errors} } }`,
  follow: `subscription ($id: ID!, $after: Int!) { timeline(conversationId: $id, after: $after) { headSeq events { ${eventFields} } } }`,
  history: `query ($id: ID!, $before: Int, $last: Int!) { conversation(id: $id) { history(before: $before, last: $last) { headSeq hasEarlier events { ${eventFields} } } } }`,
  direct: `mutation ($input: StartDirectConversationInput!) { startDirectConversation(input: $input) { conversation { id } ${errors} } }`,
  group: `mutation ($input: CreateGroupConversationInput!) { createGroupConversation(input: $input) { conversation { id } ${errors} } }`,
  setTopic: `mutation ($input: SetTopicInput!) { setTopic(input: $input) { conversation { topic } ${errors} } }`,
  leave: `mutation ($input: LeaveConversationInput!) { leaveConversation(input: $input) { conversationId ${errors} } }`,
  markRead: `mutation ($input: MarkReadInput!) { markRead(input: $input) { conversation { id readLine unreadCount } ${errors} } }`,
  unread:
    'query ($id: ID!) { conversation(id: $id) { unreadCount readLine headSeq lastMessage { text line author { displayName } } } }',
  counts:
    'query ($after: String) { conversations(first: 50, after: $after) { edges { node { id unreadCount } } pageInfo { hasNextPage endCursor } } }',
  typing: 'subscription ($id: ID!) { typing(conversationId: $id) { userIds } }',
  setTyping: 'mutation ($input: SetTypingInput!) { setTyping(input: $input) { errors { message } } }',
  inbox:
    'subscription ($after: String) { inbox(after: $after) { cursor unreadCount isCut goneIds entries { conversationId headSeq readLine unreadCount lastMessage { text } } } }',
} as const

/** Of everybody in these tests. */
export const password = 'correct horse battery'

export const signUp = (url: string, username: string, displayName = username): Promise<Client> =>
  Client.register(url, { username, displayName, password })

/**
 * One after the other: hashing a password is slow on purpose, and a stack that has just started has little CPU time
 * left.
 */
export async function signUpAll(url: string, usernames: readonly string[]): Promise<Client[]> {
  const clients: Client[] = []
  for (const username of usernames) clients.push(await signUp(url, username))
  return clients
}

export async function startDirect(one: Client, other: Client): Promise<string> {
  const data = await one.must<{ startDirectConversation: { conversation: { id: string } } }>(queries.direct, {
    input: { userId: other.userId },
  })
  return data.startDirectConversation.conversation.id
}

export async function startGroup(owner: Client, others: readonly Client[], title = 'Test'): Promise<string> {
  const input = { clientId: randomUUID(), title, memberIds: others.map(({ userId }) => userId) }
  const data = await owner.must<{ createGroupConversation: { conversation: { id: string } } }>(queries.group, { input })
  return data.createGroupConversation.conversation.id
}

/** Has somebody read a conversation up to this event, so that it opens at its end. */
export const readUpTo = async (client: Client, conversationId: string, { line }: TimelineEventView): Promise<void> => {
  await client.must(queries.markRead, { input: { conversationId, line } })
}

/** Sends once; rejects with the server's errors. */
export async function send(
  client: Client,
  conversationId: string,
  text: string,
  clientId: string = randomUUID(),
): Promise<TimelineEventView> {
  const { data, errors } = await client.gql<{ sendMessage: { event: TimelineEventView | null } | null }>(queries.send, {
    input: { conversationId, clientId, text },
  })
  const event = data?.sendMessage?.event
  // A missing name is an error beside a message that was sent successfully.
  if (!event)
    throw new Error(JSON.stringify(errors ?? (data?.sendMessage ? userErrorsOf(data.sendMessage) : 'no data')))
  return event
}

/** Deletes once; what the person can mend is in the answer. */
export async function remove(
  client: Client,
  conversationId: string,
  messageId: string | undefined,
): Promise<EditAnswer> {
  const input = { conversationId, messageId, clientId: randomUUID() }
  const { data, errors } = await client.gql<{ deleteMessage: EditAnswer | null }>(queries.remove, { input })
  if (!data?.deleteMessage) throw new Error(JSON.stringify(errors ?? 'no data'))
  return data.deleteMessage
}

export interface EditAnswer {
  readonly event: TimelineEventView | null
  readonly errors: readonly { readonly code: string }[]
}

/** Edits once; what the author can mend is in the answer. */
export async function edit(
  client: Client,
  messageId: string | undefined,
  text: string,
  clientId: string = randomUUID(),
): Promise<EditAnswer> {
  const { data, errors } = await client.gql<{ editMessage: EditAnswer | null }>(queries.edit, {
    input: { messageId, clientId, text },
  })
  if (!data?.editMessage) throw new Error(JSON.stringify(errors ?? 'no data'))
  return data.editMessage
}

/** Like the web client: retries with the same client id until it is acknowledged. */
export function sendUntilAcknowledged(
  client: Client,
  conversationId: string,
  text: string,
  clientId: string = randomUUID(),
): Promise<TimelineEventView> {
  return eventually(() => send(client, conversationId, text, clientId), { timeout: 60_000, interval: 100 })
}

export const follow = (client: Client, id: string, after: number): Stream<GraphQLAnswer<{ timeline: Frame }>> =>
  client.subscribe(queries.follow, { id, after })

/** All events of a stream, in order of arrival. */
export const eventsOf = (
  stream: Pick<Stream<GraphQLAnswer<{ timeline: Frame | null }>>, 'all'>,
): readonly TimelineEventView[] => stream.all.flatMap(({ data }) => data?.timeline?.events ?? [])

export async function untilSeq(
  stream: Stream<GraphQLAnswer<{ timeline: Frame }>>,
  seq: number,
  timeout = 30_000,
): Promise<void> {
  await stream.find(({ data }) => data?.timeline.events.some((event) => event.seq >= seq) ?? false, timeout)
}

export async function headOf(client: Client, id: string): Promise<number> {
  const data = await client.must<{ conversation: { headSeq: number | null } }>(queries.unread, { id })
  return data.conversation.headSeq ?? 0
}

/** Marks all present lines as read. */
export async function markRead(client: Client, conversationId: string): Promise<void> {
  const data = await client.must<HistoryAnswer>(queries.history, { id: conversationId, before: null, last: 1 })
  const line = data.conversation.history.events.at(-1)?.line ?? 0
  await client.must(queries.markRead, { input: { conversationId, line } })
}

/** The first frame of an inbox, which arrives at once: the total of unread lines. */
export async function unreadInInbox(client: Client): Promise<number> {
  const inbox = client.subscribe<{ inbox: InboxFrame | null }>(queries.inbox, { after: null })
  try {
    const { data, errors } = await inbox.next()
    if (data?.inbox === undefined || data.inbox === null) throw new Error(JSON.stringify(errors ?? 'no frame'))
    return data.inbox.unreadCount
  } finally {
    inbox.close()
  }
}

export const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

/** The unread count of each conversation, over all pages of the list. */
export async function unreadInList(client: Client): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (let after: string | null = null; ;) {
    const { conversations }: Listed = await client.must<Listed>(queries.counts, { after })
    for (const { node } of conversations.edges) counts.set(node.id, node.unreadCount)
    if (!conversations.pageInfo.hasNextPage) return counts
    after = conversations.pageInfo.endCursor
  }
}

/** The whole log, page by page from the end, as a client scrolls. */
export async function readBack(
  client: Client,
  id: string,
): Promise<{ headSeq: number; events: readonly TimelineEventView[] }> {
  let events: readonly TimelineEventView[] = []
  for (;;) {
    const before = events[0]?.line ?? null
    const data = await client.must<HistoryAnswer>(queries.history, { id, before, last: 50 })
    const { history } = data.conversation
    events = [...history.events, ...events]
    if (!history.hasEarlier) return { headSeq: history.headSeq, events }
  }
}

export const seqsOf = (events: readonly TimelineEventView[]): readonly number[] => events.map(({ seq }) => seq)
export const textsOf = (events: readonly TimelineEventView[]): readonly string[] =>
  events.flatMap(({ message }) => message?.text ?? [])
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** The line that other members have to read; null for none. The start of a conversation never has to be read. */
export const lineToRead = ({ __typename, line }: Pick<TimelineEventView, '__typename' | 'line'>): number | null =>
  __typename === 'ConversationStarted' ? null : line
