import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import type { MessageId } from '@parley/kernel/ids'
import fc from 'fast-check'
import { type Message, messagesAfter } from '../domain/message'
import { beginning, placeAfter, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import { deletionOf, editOf, entry, forwardEntry, mentionsOf, pinOf, reactionOf, replyTo } from './entries'

const conversationId = newConversation()
const started: TimelineEntry = { ...entry({ conversationId }), type: 'ConversationStarted', data: { title: 'x' } }
const joined: TimelineEntry = { ...entry({ conversationId }), type: 'MemberJoined', data: { memberId: newUser() } }

/** The next event in a conversation with these messages that are not deleted, and with all. */
type Step = (messages: readonly Message[], all: ReadonlyMap<MessageId, Message>) => TimelineEntry

const text = fc.string({ minLength: 1 })
/** Who writes, reacts and is mentioned in these logs. */
export const people = [newUser(), newUser(), newUser()] as const
const mentions = fc
  .tuple(fc.subarray([...people]), fc.boolean())
  .map(([named, all]) => (named.length === 0 && !all ? null : mentionsOf(named, all ? people : [])))
/** Which message is quoted, of those that may be; usually none. */
const quote = fc.option(fc.nat(), { freq: 2 })
const quoted = (pick: number | null, messages: readonly Message[]) => {
  const message = pick === null ? undefined : messages[pick % Math.max(1, messages.length)]
  return message === undefined ? {} : { replyToId: message.id }
}
const sending = fc.tuple(text, mentions, quote).map(([said, whom, pick]): Step => {
  return (messages) => {
    const listed = messages.filter(({ line }) => line !== null)
    const about = { ...(whom === null ? {} : { mentions: whom }), ...quoted(pick, listed) }
    return entry({ conversationId, text: said, ...about })
  }
})
const forwarding = fc.nat().map((pick): Step => {
  return (messages) => {
    const source = messages[pick % Math.max(1, messages.length)]
    return source === undefined ? entry({ conversationId }) : forwardEntry(source, { conversationId })
  }
})
const editing = fc.tuple(fc.nat(), text, mentions).map(([pick, said, whom]): Step => {
  return (messages) => {
    const message = messages[pick % Math.max(1, messages.length)]
    return message === undefined ? entry({ conversationId, text: said }) : editOf(message, said, whom)
  }
})
const reacting = fc
  .tuple(fc.nat(), fc.constantFrom(...people), fc.constantFrom('👍', '❤️'))
  .map(([pick, userId, emoji]): Step => {
    return (messages) => {
      const message = messages[pick % Math.max(1, messages.length)]
      return message === undefined ? entry({ conversationId }) : reactionOf(message, userId, emoji)
    }
  })
const pinning = fc.tuple(fc.nat(), fc.constantFrom(...people)).map(([pick, userId]): Step => {
  return (messages) => {
    const message = messages[pick % Math.max(1, messages.length)]
    return message === undefined ? entry({ conversationId }) : pinOf(message, userId)
  }
})
const replying = fc
  .tuple(fc.nat(), fc.constantFrom(...people), fc.boolean(), quote)
  .map(([pick, actorId, alsoInConversation, quotes]): Step => {
    return (messages) => {
      const roots = messages.filter(({ threadId }) => threadId === null)
      const root = roots[pick % Math.max(1, roots.length)]
      if (root === undefined) return entry({ conversationId })
      const thread = messages.filter(({ id, threadId }) => id === root.id || threadId === root.id)
      return replyTo(root, { actorId, alsoInConversation, ...quoted(quotes, thread) })
    }
  })
const deleting = fc.nat().map((pick): Step => {
  return (messages, all) => {
    const message = messages[pick % Math.max(1, messages.length)]
    if (message === undefined) return entry({ conversationId })
    const root = message.threadId === null ? null : all.get(message.threadId)
    return deletionOf(message, pick % 2 === 0 ? newUser() : undefined, root)
  }
})
const other = fc.constantFrom(started, joined).map((fact): Step => () => ({ ...fact, clientId: newClientId() }))

function logOf(steps: readonly Step[]): TimelineEvent[] {
  const log: TimelineEvent[] = []
  for (const step of steps) {
    // A deleted message is not changed any more.
    const all = messagesAfter(log)
    const next = step(
      [...all.values()].filter(({ deletedAt }) => deletedAt === null),
      all,
    )
    log.push({ ...next, ...placeAfter(log.at(-1) ?? beginning, next) })
  }
  return log
}

/** Logs of one conversation, of every kind of event about messages and of some others. */
export const logs = fc
  .array(fc.oneof(sending, replying, forwarding, editing, reacting, pinning, deleting, other), { maxLength: 30 })
  .map(logOf)
