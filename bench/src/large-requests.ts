import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import { webOperation } from '@parley/e2e/web-operations'
import { eventually } from '@parley/testing/eventually'

type Variables = Record<string, unknown>

/** The variables of an operation; each turn gives another page or another change. */
export type Request = (turn: number) => Variables

interface Message {
  readonly conversationId: string
  readonly messageId: string
}

/** What the operations are about. */
interface World {
  readonly viewerId: string
  readonly conversations: readonly string[]
  /** Where pages of the list of conversations begin. */
  readonly cursors: readonly (string | null)[]
  /** A cursor of the inbox from before everything else that the bench does. */
  readonly inbox: string
  readonly messages: readonly Message[]
  /** The demo user's own. */
  readonly own: readonly Message[]
  /** Of messages with a thread. */
  readonly roots: readonly Message[]
  readonly people: readonly string[]
  /** Groups of the demo user's own. */
  readonly groups: readonly string[]
}

/** Signing in and out costs a hash of a password by intent; a session or a membership that ends cannot end again. */
export const notMeasured: readonly string[] = [
  'LogIn',
  'LogOut',
  'RefreshSession',
  'Register',
  'LeaveConversation',
  'RemoveMember',
]

const conversationsWithMessages = 40
const ownMessages = 120
const threads = 30
const repliesOfEach = 15
const ownGroups = 20

const at = <Item>(items: readonly Item[], turn: number): Item => {
  const item = items[(turn * 7) % items.length]
  if (item === undefined) throw new Error('The installation has nothing of this kind')
  return item
}

/** One request for each operation of the web client, by name. */
export function requestsOf(world: World): Readonly<Record<string, Request>> {
  const { conversations, cursors, messages, own, roots, people, groups, inbox, viewerId } = world
  const conversationId = (turn: number) => ({ conversationId: at(conversations, turn) })
  const change =
    (of: readonly Message[], more: Variables = {}) =>
    (turn: number) => ({
      input: { ...at(of, turn), clientId: randomUUID(), ...more },
    })
  const thread = (turn: number) => {
    const { messageId: rootId, ...rest } = at(roots, turn)
    return { ...rest, rootId }
  }
  const messageOnly = (turn: number) => ({ input: { messageId: at(messages, turn).messageId } })
  return {
    Viewer: () => ({}),
    PersonById: (turn) => ({ id: at(people, turn) }),
    FindUsers: (turn) => ({ query: ['a', 'ma', 'demo', 'Tana', 'kofi z'][turn % 5], first: 10 }),
    Opening: () => ({ first: 50 }),
    Conversations: (turn) => ({ first: 100, after: at(cursors, turn) }),
    ConversationById: (turn) => ({ id: at(conversations, turn) }),
    History: (turn) => ({ ...conversationId(turn), ...placeOf(at(messages, turn), turn) }),
    Thread: (turn) => ({ ...thread(turn), last: 50 }),
    Threads: () => ({ first: 20 }),
    OpenTimeline: (turn) => ({ ...conversationId(turn), last: 50 }),
    Marked: conversationId,
    PinnedMessages: conversationId,
    Bookmarks: () => ({ first: 20 }),
    QuotedMessage: (turn) => ({ messageId: at(messages, turn).messageId }),
    MessageVersions: (turn) => ({ messageId: at(own, turn).messageId, last: 50 }),
    ReceiptPrivacy: () => ({}),
    SendMessage: (turn) => ({ input: { ...conversationId(turn), clientId: randomUUID(), text: `Number ${turn}` } }),
    EditMessage: (turn) => {
      const { messageId } = at(own, turn)
      return { input: { messageId, clientId: randomUUID(), text: `Edited ${turn}` } }
    },
    ForwardMessage: (turn) => ({
      input: { messageId: at(messages, turn).messageId, ...conversationId(turn + 1), clientId: randomUUID() },
    }),
    AddReaction: change(messages, { emoji: '👍' }),
    RemoveReaction: change(messages, { emoji: '👍' }),
    PinMessage: change(roots),
    UnpinMessage: change(roots),
    AddBookmark: messageOnly,
    RemoveBookmark: messageOnly,
    MarkRead: (turn) => ({ input: { ...conversationId(turn), line: 2 } }),
    // Of the last 1,000 lines only, of which a conversation of the installation may have more.
    MarkUnread: (turn) => ({ input: { conversationId: at(groups, turn), line: 1, revision: 0 } }),
    MarkThreadRead: (turn) => ({ input: { ...thread(turn), line: 1 } }),
    SetTyping: (turn) => ({ input: { ...conversationId(turn), typing: turn % 2 === 0 } }),
    SetStatus: (turn) => ({ input: { text: `Busy ${turn}` } }),
    ClearStatus: () => ({}),
    SetPresencePrivacy: () => ({ input: { isHidden: false } }),
    SetReceiptPrivacy: () => ({ input: { isHidden: false } }),
    UpdateProfile: () => ({ input: { displayName: 'Demo Person' } }),
    StartDirectConversation: (turn) => ({ input: { userId: at(people, turn) } }),
    CreateGroupConversation: (turn) => ({
      input: { clientId: randomUUID(), title: `Group ${turn}`, memberIds: [at(people, turn)] },
    }),
    AddMembers: (turn) => ({ input: { conversationId: at(groups, turn), userIds: [at(people, turn)] } }),
    RenameConversation: (turn) => ({ input: { conversationId: at(groups, turn), title: `Renamed ${turn}` } }),
    SetTopic: (turn) => ({ input: { conversationId: at(groups, turn), topic: `Topic ${turn}` } }),
    MuteConversation: (turn) => ({ input: conversationId(turn) }),
    UnmuteConversation: (turn) => ({ input: conversationId(turn) }),
    // Every other one resumes from what was written and read before.
    Inbox: (turn) => ({ after: turn % 2 === 0 ? null : inbox }),
    Timeline: (turn) => ({ ...conversationId(turn), after: 0 }),
    Typing: conversationId,
    ReadPositions: conversationId,
    Presence: (turn) => ({ userIds: [viewerId, at(people, turn), at(people, turn + 1)], isActive: true }),
    // The last one, because what is deleted can be edited, pinned and marked no more.
    DeleteMessage: change(own),
  }
}

/** The newest page, an earlier one, around a message, around a date. */
function placeOf({ conversationId, messageId }: Message, turn: number): Variables {
  const places: readonly Variables[] = [
    { last: 50 },
    { last: 50, before: 40 },
    { last: 50, conversationId, aroundMessage: messageId },
    { last: 50, aroundDate: new Date(Date.now() - 30 * 86_400_000).toISOString() },
  ]
  return places[turn % places.length] ?? {}
}

/** Reads the ids that the operations need, and adds what the installation lacks: own messages, and threads. */
export async function worldOf(client: Client): Promise<World> {
  const inbox = await inboxCursor(client)
  const { ids: conversations, cursors } = await listConversations(client)
  const messages: Message[] = []
  const people = new Set<string>()
  for (const conversationId of conversations.slice(0, conversationsWithMessages))
    for (const { id, authorId } of await lastMessages(client, conversationId)) {
      messages.push({ conversationId, messageId: id })
      if (authorId !== client.userId) people.add(authorId)
    }
  const own: Message[] = []
  for (let turn = 0; turn < ownMessages; turn += 1)
    own.push(await send(client, { conversationId: at(conversations, turn), text: `Own ${turn}` }))
  const roots = messages.filter((_, index) => index % Math.ceil(messages.length / threads) === 0)
  for (const { conversationId, messageId: threadId } of roots)
    for (let reply = 0; reply < repliesOfEach; reply += 1)
      await send(client, { conversationId, threadId, text: `Reply ${reply}` })
  const groups: string[] = []
  for (let group = 0; group < ownGroups; group += 1) groups.push(await startGroup(client, [...people].slice(0, 1)))
  const viewerId = client.userId
  return { viewerId, conversations, cursors, inbox, messages, own, roots, people: [...people], groups }
}

async function inboxCursor(client: Client): Promise<string> {
  const inbox = client.subscribe<{ inbox: { cursor: string } }>('subscription { inbox(after: null) { cursor } }')
  const { data, errors } = await inbox.next()
  inbox.close()
  if (!data) throw new Error(JSON.stringify(errors))
  return data.inbox.cursor
}

interface ConversationsPage {
  readonly conversations: {
    readonly edges: { readonly node: { readonly id: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

async function listConversations(client: Client) {
  const ids: string[] = []
  const cursors: (string | null)[] = [null]
  for (;;) {
    const { conversations } = await ask<ConversationsPage>(
      client,
      'query ($after: String) { conversations(first: 25, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
      { after: cursors.at(-1) },
    )
    ids.push(...conversations.edges.map(({ node }) => node.id))
    if (!conversations.pageInfo.hasNextPage) return { ids, cursors }
    cursors.push(conversations.pageInfo.endCursor)
  }
}

interface Author {
  readonly id: string
  readonly authorId: string
}

async function lastMessages(client: Client, id: string): Promise<readonly Author[]> {
  const { timeline } = await ask<{ timeline: { events: { message?: Author }[] } }>(
    client,
    'query ($id: ID!) { timeline(conversationId: $id, last: 10) { events { ... on MessageSent { message { id authorId } } } } }',
    { id },
  )
  return timeline.events.flatMap(({ message }) => message ?? [])
}

/** As clients do: what was not answered is asked again, a send with the same client id. The engines still settle after the seed. */
const ask = <Data>(client: Client, text: string, variables: Variables): Promise<Data> =>
  eventually(() => client.must<Data>(text, variables), { timeout: 120_000, interval: 500 })

async function send(client: Client, place: { conversationId: string; text: string; threadId?: string }) {
  const input = { ...place, clientId: randomUUID() }
  const { sendMessage } = await ask<{ sendMessage: { event: { message: { id: string } } } }>(
    client,
    webOperation('SendMessage').text,
    { input },
  )
  return { conversationId: place.conversationId, messageId: sendMessage.event.message.id }
}

async function startGroup(client: Client, memberIds: readonly string[]): Promise<string> {
  const input = { clientId: randomUUID(), title: 'Own group', memberIds }
  const { createGroupConversation } = await ask<{ createGroupConversation: { conversation: { id: string } } }>(
    client,
    webOperation('CreateGroupConversation').text,
    { input },
  )
  return createGroupConversation.conversation.id
}
