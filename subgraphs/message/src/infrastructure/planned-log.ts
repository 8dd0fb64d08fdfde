import type { PlannedChange, PlannedConversation, PlannedMessage } from '@parley/contracts/demo-plan'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { mentionChange, type Mentions, mentionsOf, namedIn, peopleIn } from '../domain/mentions'
import { deleted, edited, evolve, type Message, messageIdsOf, reacted, withErased, withPin } from '../domain/message'
import { messageText } from '../domain/message-text'
import { reactionEmoji, withReaction } from '../domain/reactions'
import { lessOneReply, repliedTo } from '../domain/thread'
import {
  beginning,
  placeAfter,
  type TimelineEntry,
  type TimelineEvent,
  type TimelineFact,
} from '../domain/timeline-event'

type Step = (PlannedMessage & { readonly actorId: string }) | PlannedChange

/**
 * The log of a planned conversation as its members would have written it: each step is decided on the messages as they
 * are after those before it. The start has the client id that its event on Kafka would have.
 */
export function plannedLog(planned: PlannedConversation): readonly TimelineEvent[] {
  const messages = new Map<string, Message>()
  const events: TimelineEvent[] = []
  let place = beginning
  const append = (entry: TimelineEntry): void => {
    place = placeAfter(place, entry)
    const event = { ...entry, ...place }
    events.push(event)
    for (const id of messageIdsOf(event)) {
      const after = evolve(messages.get(id) ?? null, event)
      if (after?.id === id) messages.set(id, after)
    }
  }
  const conversationId = planned.id as ConversationId
  const starter = planned.memberIds[0] as UserId
  const start = { type: 'ConversationStarted', data: { title: planned.title } } as const
  const common = { actorId: starter, clientId: planned.startedEventId as ClientId, at: new Date(planned.startedAt) }
  append({ ...start, ...common, conversationId })
  for (const step of stepsOf(planned)) {
    const at = new Date(step.at)
    const fact = 'id' in step ? sending(step, planned, messages) : change(step, planned, messages)
    append({ ...fact, conversationId, actorId: step.actorId as UserId, clientId: step.clientId as ClientId, at })
  }
  return withErased(events)
}

/** In the order of time; of two at once the message comes first. */
function stepsOf({ messages, changes = [] }: PlannedConversation): readonly Step[] {
  const sent = messages.map((message) => ({ ...message, actorId: message.authorId }))
  if (changes.length === 0) return sent
  return [...sent, ...changes].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

function sending(
  message: PlannedMessage,
  planned: PlannedConversation,
  known: ReadonlyMap<string, Message>,
): TimelineFact {
  const text = messageText(message.text)
  const mentions = mentionsIn(text, message.authorId, planned)
  const { id, authorId, at, reply, replyToId } = message
  const data = {
    messageId: id as MessageId,
    text,
    ...(mentions === null ? {} : { mentions }),
    ...(replyToId === undefined ? {} : { replyToId: messageOf(known, replyToId).id }),
  }
  if (reply === undefined) return { type: 'MessageSent', data }
  const root = messageOf(known, reply.rootId)
  const thread = {
    rootId: root.id,
    line: (root.thread?.lines ?? 0) + 1,
    alsoInConversation: reply.alsoInConversation ?? false,
  }
  const after = repliedTo(root, authorId as UserId, new Date(at), peopleIn(mentions))
  return { type: 'MessageSent', data: { ...data, thread, root: after } }
}

function change(
  planned: PlannedChange,
  conversation: PlannedConversation,
  known: ReadonlyMap<string, Message>,
): TimelineFact {
  const message = messageOf(known, planned.messageId)
  const messageId = message.id
  const actorId = planned.actorId as UserId
  const at = new Date(planned.at)
  switch (planned.kind) {
    case 'edit': {
      const text = messageText(planned.text)
      const mentions = mentionsIn(text, actorId, conversation, message.mentions)
      const data = { messageId, state: edited(message, text, mentions), ...mentionChange(message.mentions, mentions) }
      return { type: 'MessageEdited', data }
    }
    case 'react': {
      const emoji = reactionEmoji(planned.emoji)
      const state = reacted(message, withReaction(message.reactions, emoji, actorId))
      return { type: 'ReactionAdded', data: { messageId, emoji, state } }
    }
    case 'pin':
      return {
        type: 'MessagePinned',
        data: { messageId, state: withPin(message, { pinnedAt: at, pinnedBy: actorId }) },
      }
    case 'delete': {
      const state = deleted(message, { deletedAt: at, deletedBy: actorId })
      const root = message.threadId === null ? {} : { root: lessOneReply(messageOf(known, message.threadId)) }
      const unpins = message.pinnedAt === null ? {} : { unpins: true as const }
      const data = { messageId, state, ...unpins, ...mentionChange(message.mentions, null), ...root }
      return { type: 'MessageDeleted', data }
    }
    default:
      return planned satisfies never
  }
}

const nobody: ReadonlySet<UserId> = new Set()

function mentionsIn(
  text: string,
  authorId: string,
  { memberIds }: PlannedConversation,
  before: Mentions | null = null,
): Mentions | null {
  const company = { authorId: authorId as UserId, members: memberIds as readonly UserId[], online: null, muted: nobody }
  return mentionsOf(namedIn(text), company, before)
}

function messageOf(known: ReadonlyMap<string, Message>, id: string): Message {
  const message = known.get(id)
  if (message === undefined) throw new Error(`The plan changes ${id} before it is sent`)
  return message
}
