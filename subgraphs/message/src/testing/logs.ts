import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import { beginning, type Place, placeAfter, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import { entry } from './entries'

const conversationId = newConversation()
const started: TimelineEntry = { ...entry({ conversationId }), type: 'ConversationStarted', data: { title: 'x' } }
const joined: TimelineEntry = { ...entry({ conversationId }), type: 'MemberJoined', data: { memberId: newUser() } }

const entries = fc.array(
  fc.oneof(
    fc.string({ minLength: 1 }).map((text) => entry({ conversationId, text })),
    fc.constantFrom(started, joined).map((fact) => ({ ...fact, clientId: newClientId() })),
  ),
  { maxLength: 30 },
)

/** The log that these entries make. */
export function logOf(written: readonly TimelineEntry[]): TimelineEvent[] {
  let place: Place = beginning
  return written.map((one) => ({ ...one, ...(place = placeAfter(place, one)) }))
}

/** Logs of one conversation, of every kind of event about messages and of some others. */
export const logs = entries.map(logOf)
