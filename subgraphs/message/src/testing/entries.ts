import { randomUUID } from 'node:crypto'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { deletion, edit, inThread, pinning, reaction, unpinning } from '../domain/changes'
import type { Mentions } from '../domain/mentions'
import { forwardOf, type Message } from '../domain/message'
import { reactionEmoji } from '../domain/reactions'
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
  return inThread(sent, root, alsoInConversation)
}

/** A forward of a message, to a conversation of its own by default. */
export function forwardEntry(source: Message, parts: EntryParts = {}): EntryOf<'MessageSent'> {
  const sent = entry(parts) as EntryOf<'MessageSent'>
  return { ...sent, data: { messageId: sent.data.messageId, ...forwardOf(source) } }
}

/** Who changes a message, and when. */
const by = ({ conversationId }: Message, actorId: UserId, at = new Date()) => ({
  conversationId,
  actorId,
  clientId: newClientId(),
  at,
})

/** An edit of a message by its author. */
export const editOf = (message: Message, text: string, mentions: Mentions | null = null): TimelineEntry => ({
  ...edit(message, text, mentions),
  ...by(message, message.authorId),
})

/** A reaction of a user that is not there yet is added, one that is there is removed. */
export function reactionOf(message: Message, actorId: UserId, text = '👍'): TimelineEntry {
  const emoji = reactionEmoji(text)
  const fact = reaction(message, emoji, actorId, true) ?? reaction(message, emoji, actorId, false)
  if (fact === null) throw new Error('A reaction is there or not')
  return { ...fact, ...by(message, actorId) }
}

/** A message that is not pinned yet is pinned, one that is pinned is unpinned. */
export function pinOf(message: Message, actorId = newUser()): TimelineEntry {
  const at = new Date()
  const fact = pinning(message, { pinnedAt: at, pinnedBy: actorId }) ?? unpinning(message)
  if (fact === null) throw new Error('A message is pinned or not')
  return { ...fact, ...by(message, actorId, at) }
}

/** A deletion of a message by its author, or by a moderator; of a reply with the root of its thread. */
export function deletionOf(
  message: Message,
  actorId = message.authorId,
  root: Message | null = null,
): EntryOf<'MessageDeleted'> {
  const at = new Date()
  return { ...deletion(message, root, { deletedAt: at, deletedBy: actorId }), ...by(message, actorId, at) }
}

/** The entry as the event of this seq in a log where every event makes a line. */
export const eventAt = (seq: number, parts: EntryParts = {}): TimelineEvent => ({ ...entry(parts), seq, lines: seq })
