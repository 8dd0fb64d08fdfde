import type { Emoji } from '@parley/kernel/emoji'
import type { UserId } from '@parley/kernel/ids'
import { mentionChange, type Mentions, peopleIn } from './mentions'
import { deleted, type Deletion, edited, type Message, notPinned, type Pin, reacted, withPin } from './message'
import { withoutReaction, withReaction } from './reactions'
import { lessOneReply, repliedTo } from './thread'
import type { TimelineFact } from './timeline-event'

type FactOf<Type extends TimelineFact['type']> = Extract<TimelineFact, { type: Type }>

/** What changes make of messages, each in the one place where its event is put together: by use cases, and by a planned demo. */

export function edit(message: Message, text: string, mentions: Mentions | null): FactOf<'MessageEdited'> {
  const state = edited(message, text, mentions)
  return { type: 'MessageEdited', data: { messageId: message.id, state, ...mentionChange(message.mentions, mentions) } }
}

/** Null when the user has reacted with it already, or not at all. Throws TOO_MANY_REACTIONS. */
export function reaction(
  message: Message,
  emoji: Emoji,
  userId: UserId,
  isAdded: boolean,
): FactOf<'ReactionAdded' | 'ReactionRemoved'> | null {
  const reactions = (isAdded ? withReaction : withoutReaction)(message.reactions, emoji, userId)
  if (reactions === message.reactions) return null
  const data = { messageId: message.id, emoji, state: reacted(message, reactions) }
  return { type: isAdded ? 'ReactionAdded' : 'ReactionRemoved', data }
}

/** Null when it is pinned already. */
export const pinning = (message: Message, pin: Pin): FactOf<'MessagePinned'> | null =>
  message.pinnedAt === null
    ? { type: 'MessagePinned', data: { messageId: message.id, state: withPin(message, pin) } }
    : null

/** Null when it is not pinned. */
export const unpinning = (message: Message): FactOf<'MessageUnpinned'> | null =>
  message.pinnedAt === null
    ? null
    : { type: 'MessageUnpinned', data: { messageId: message.id, state: withPin(message, notPinned) } }

/** `root`: of the thread that it is a reply in; null when it is in none. */
export function deletion(message: Message, root: Message | null, by: Deletion): FactOf<'MessageDeleted'> {
  const data = {
    messageId: message.id,
    state: deleted(message, by),
    ...(message.pinnedAt === null ? {} : { unpins: true as const }),
    ...mentionChange(message.mentions, null),
    ...(root === null ? {} : { root: lessOneReply(root) }),
  }
  return { type: 'MessageDeleted', data }
}

/** A message that is sent as a reply in the thread of this one. */
export function inThread<Sending extends FactOf<'MessageSent'> & { readonly actorId: UserId; readonly at: Date }>(
  sending: Sending,
  root: Message,
  alsoInConversation: boolean,
): Sending {
  const thread = { rootId: root.id, line: (root.thread?.lines ?? 0) + 1, alsoInConversation }
  const after = repliedTo(root, sending.actorId, sending.at, peopleIn(sending.data.mentions ?? null))
  return { ...sending, data: { ...sending.data, thread, root: after } }
}
