import { currentRequestId } from '@parley/platform/logging/request-context'
import { v7 } from 'uuid'
import { lineOf, type Place, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import type { EventDocument } from './documents'

const seqDigits = 12

const pendingKey = (conversationId: string, seq: number): string =>
  `${conversationId}:${String(seq).padStart(seqDigits, '0')}`

/** The document of an entry at its place. A message's document has the message's id, so both are found by one. */
export function toDocument(entry: TimelineEntry, { seq, lines }: Place): EventDocument {
  const { conversationId, actorId, clientId, at, type, data } = entry
  const line = lineOf({ ...entry, seq, lines })
  const requestId = currentRequestId()
  return {
    _id: type === 'MessageSent' ? data.messageId : v7(),
    conversationId,
    seq,
    lines,
    ...(line === null ? {} : { line }),
    type,
    actorId,
    clientId,
    at,
    data,
    ...(requestId === undefined ? {} : { requestId }),
    pending: pendingKey(conversationId, seq),
  }
}

/** What kinds of events were called before November 2026. */
const formerNames: Readonly<Record<string, TimelineEvent['type']>> = {
  'message.sent': 'MessageSent',
  'conversation.started': 'ConversationStarted',
  'member.joined': 'MemberJoined',
  'member.left': 'MemberLeft',
  'title.changed': 'TitleChanged',
}

/**
 * An event of the log as it would be written today: the one place where what older versions stored is upcast. The log holds only
 * what `toDocument` wrote, so its rows are taken at their word.
 */
export function toEvent({ seq, lines = seq, type, ...row }: EventDocument): TimelineEvent {
  const { conversationId, actorId, clientId, at, data } = row
  return {
    conversationId,
    seq,
    lines,
    type: formerNames[type] ?? type,
    actorId,
    clientId,
    at,
    data,
  } as unknown as TimelineEvent
}
