import type { PlannedChange, PlannedConversation, PlannedMessage } from '@parley/contracts/demo-plan'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { deletion, edit, inThread, pinning, reaction } from '../domain/changes'
import { type Mentions, mentionsOf, namedIn } from '../domain/mentions'
import { evolve, type Message, messageIdsOf, withErased } from '../domain/message'
import { messageText } from '../domain/message-text'
import { reactionEmoji } from '../domain/reactions'
import {
  beginning,
  placeAfter,
  type TimelineEntry,
  type TimelineEvent,
  type TimelineFact,
} from '../domain/timeline-event'

/** Who does a step, and when. */
type Doing = Pick<TimelineEntry, 'actorId' | 'clientId' | 'at'>

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
    const by = { actorId: step.actorId as UserId, clientId: step.clientId as ClientId, at: new Date(step.at) }
    const fact = 'id' in step ? sending(step, planned, messages, by) : change(step, planned, messages, by)
    if (fact !== null) append({ ...fact, ...by, conversationId })
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
  by: Doing,
): TimelineFact {
  const text = messageText(message.text)
  const mentions = mentionsIn(text, by.actorId, planned)
  const { id, reply, replyToId } = message
  const data = {
    messageId: id as MessageId,
    text,
    ...(mentions === null ? {} : { mentions }),
    ...(replyToId === undefined ? {} : { replyToId: messageOf(known, replyToId).id }),
  }
  const sent = { type: 'MessageSent', data, ...by } as const
  return reply === undefined ? sent : inThread(sent, messageOf(known, reply.rootId), reply.alsoInConversation ?? false)
}

/** Null when the message is like that already. */
function change(
  planned: PlannedChange,
  conversation: PlannedConversation,
  known: ReadonlyMap<string, Message>,
  { actorId, at }: Doing,
): TimelineFact | null {
  const message = messageOf(known, planned.messageId)
  switch (planned.kind) {
    case 'edit': {
      const text = messageText(planned.text)
      return edit(message, text, mentionsIn(text, actorId, conversation, message.mentions))
    }
    case 'react':
      return reaction(message, reactionEmoji(planned.emoji), actorId, true)
    case 'pin':
      return pinning(message, { pinnedAt: at, pinnedBy: actorId })
    case 'delete': {
      const root = message.threadId === null ? null : messageOf(known, message.threadId)
      return deletion(message, root, { deletedAt: at, deletedBy: actorId })
    }
    default:
      return planned satisfies never
  }
}

const nobody: ReadonlySet<UserId> = new Set()

function mentionsIn(
  text: string,
  authorId: UserId,
  { memberIds }: PlannedConversation,
  before: Mentions | null = null,
): Mentions | null {
  const company = { authorId, members: memberIds as readonly UserId[], online: null, muted: nobody }
  return mentionsOf(namedIn(text), company, before)
}

function messageOf(known: ReadonlyMap<string, Message>, id: string): Message {
  const message = known.get(id)
  if (message === undefined) throw new Error(`The plan changes ${id} before it is sent`)
  return message
}
