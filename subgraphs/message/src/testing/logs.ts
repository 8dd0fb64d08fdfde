import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import { type Message, messagesAfter } from '../domain/message'
import { beginning, placeAfter, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import { deletionOf, editOf, entry, reactionOf } from './entries'

const conversationId = newConversation()
const started: TimelineEntry = { ...entry({ conversationId }), type: 'ConversationStarted', data: { title: 'x' } }
const joined: TimelineEntry = { ...entry({ conversationId }), type: 'MemberJoined', data: { memberId: newUser() } }

/** The next event in a conversation with these messages. */
type Step = (messages: readonly Message[]) => TimelineEntry

const text = fc.string({ minLength: 1 })
const sending = text.map(
  (said): Step =>
    () =>
      entry({ conversationId, text: said }),
)
const editing = fc.tuple(fc.nat(), text).map(([pick, said]): Step => {
  return (messages) => {
    const message = messages[pick % Math.max(1, messages.length)]
    return message === undefined ? entry({ conversationId, text: said }) : editOf(message, said)
  }
})
const people = [newUser(), newUser(), newUser()]
const reacting = fc
  .tuple(fc.nat(), fc.constantFrom(...people), fc.constantFrom('👍', '❤️'))
  .map(([pick, userId, emoji]): Step => {
    return (messages) => {
      const message = messages[pick % Math.max(1, messages.length)]
      return message === undefined ? entry({ conversationId }) : reactionOf(message, userId, emoji)
    }
  })
const deleting = fc.nat().map((pick): Step => {
  return (messages) => {
    const message = messages[pick % Math.max(1, messages.length)]
    return message === undefined
      ? entry({ conversationId })
      : deletionOf(message, pick % 2 === 0 ? newUser() : undefined)
  }
})
const other = fc.constantFrom(started, joined).map((fact): Step => () => ({ ...fact, clientId: newClientId() }))

function logOf(steps: readonly Step[]): TimelineEvent[] {
  const log: TimelineEvent[] = []
  for (const step of steps) {
    // A deleted message is not changed any more.
    const next = step([...messagesAfter(log).values()].filter(({ deletedAt }) => deletedAt === null))
    log.push({ ...next, ...placeAfter(log.at(-1) ?? beginning, next) })
  }
  return log
}

/** Logs of one conversation, of every kind of event about messages and of some others. */
export const logs = fc.array(fc.oneof(sending, editing, reacting, deleting, other), { maxLength: 30 }).map(logOf)
