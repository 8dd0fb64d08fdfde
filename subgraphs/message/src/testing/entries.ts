import { randomUUID } from 'node:crypto'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { mentionChange, type Mentions } from '../domain/mentions'
import { deleted, edited, forwardOf, type Message, notPinned, reacted, withPin } from '../domain/message'
import { reactionEmoji, withoutReaction, withReaction } from '../domain/reactions'
import { lessOneReply, repliedTo } from '../domain/thread'
import type { EventKind, TimelineEntry, TimelineEvent } from '../domain/timeline-event'

type EntryOf<Kind extends EventKind> = Extract<TimelineEntry, { type: Kind }>

interface EntryParts {
  readonly conversationId?: ConversationId
  readonly actorId?: UserId
  readonly clientId?: ClientId
  readonly text?: string
  readonly at?: Date
  readonly mentions?: Mentions
  readonly replyToId?: MessageId
}

/** A message to append, with random ids by default. */
export const entry = (parts: EntryParts = {}): TimelineEntry => ({
  type: 'MessageSent',
  conversationId: parts.conversationId ?? newConversation(),
  actorId: parts.actorId ?? newUser(),
  clientId: parts.clientId ?? newClientId(),
  at: parts.at ?? new Date(),
  data: {
    messageId: randomUUID() as MessageId,
    text: parts.text ?? 'Hello',
    ...(parts.mentions === undefined ? {} : { mentions: parts.mentions }),
    ...(parts.replyToId === undefined ? {} : { replyToId: parts.replyToId }),
  },
})

/** Of these people by name, or of all of these. */
export const mentionsOf = (userIds: readonly UserId[], groupIds: readonly UserId[] = []): Mentions => ({
  userIds,
  all: groupIds.length > 0,
  here: false,
  groupIds,
})

/** A reply in the thread of a message. */
export function replyTo(
  root: Message,
  { alsoInConversation = false, ...parts }: EntryParts & { readonly alsoInConversation?: boolean } = {},
): EntryOf<'MessageSent'> {
  const sent = entry({ ...parts, conversationId: root.conversationId }) as EntryOf<'MessageSent'>
  const thread = { rootId: root.id, line: (root.thread?.lines ?? 0) + 1, alsoInConversation }
  return { ...sent, data: { ...sent.data, thread, root: repliedTo(root, sent.actorId, sent.at) } }
}

/** A forward of a message, to a conversation of its own by default. */
export function forwardEntry(source: Message, parts: EntryParts = {}): EntryOf<'MessageSent'> {
  const sent = entry(parts) as EntryOf<'MessageSent'>
  return { ...sent, data: { messageId: sent.data.messageId, ...forwardOf(source) } }
}

/** An edit of a message by its author. */
export const editOf = (message: Message, text: string, mentions: Mentions | null = null): TimelineEntry => ({
  type: 'MessageEdited',
  conversationId: message.conversationId,
  actorId: message.authorId,
  clientId: newClientId(),
  at: new Date(),
  data: {
    messageId: message.id,
    state: edited(message, text, mentions),
    ...mentionChange(message.mentions, mentions),
  },
})

/** A reaction of a user that is not there yet is added, one that is there is removed. */
export function reactionOf(message: Message, actorId: UserId, text = '👍'): TimelineEntry {
  const emoji = reactionEmoji(text)
  const more = withReaction(message.reactions, emoji, actorId)
  const isAdded = more !== message.reactions
  const reactions = isAdded ? more : withoutReaction(more, emoji, actorId)
  return {
    type: isAdded ? 'ReactionAdded' : 'ReactionRemoved',
    conversationId: message.conversationId,
    actorId,
    clientId: newClientId(),
    at: new Date(),
    data: { messageId: message.id, emoji, state: reacted(message, reactions) },
  }
}

/** A message that is not pinned yet is pinned, one that is pinned is unpinned. */
export function pinOf(message: Message, actorId = newUser()): TimelineEntry {
  const { id: messageId, conversationId, pinnedAt } = message
  const at = new Date()
  const isPinned = pinnedAt === null
  const state = withPin(message, isPinned ? { pinnedAt: at, pinnedBy: actorId } : notPinned)
  const type = isPinned ? 'MessagePinned' : 'MessageUnpinned'
  return { type, conversationId, actorId, clientId: newClientId(), at, data: { messageId, state } }
}

/** A deletion of a message by its author, or by a moderator; of a reply with the root of its thread. */
export function deletionOf(
  message: Message,
  actorId = message.authorId,
  root: Message | null = null,
): EntryOf<'MessageDeleted'> {
  const { id: messageId, conversationId } = message
  const at = new Date()
  const state = deleted(message, { deletedAt: at, deletedBy: actorId })
  const unpins = message.pinnedAt === null ? {} : { unpins: true as const }
  const thread = root === null ? {} : { root: lessOneReply(root) }
  const data = { messageId, state, ...unpins, ...mentionChange(message.mentions, null), ...thread }
  return { type: 'MessageDeleted', conversationId, actorId, clientId: newClientId(), at, data }
}

/** The entry as the event of this seq in a log where every event makes a line. */
export const eventAt = (seq: number, parts: EntryParts = {}): TimelineEvent => ({ ...entry(parts), seq, lines: seq })
