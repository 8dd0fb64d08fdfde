import { v7 } from 'uuid'
import { messageIdOf, messageIdsOf } from '../domain/message'
import {
  editNumberOf,
  lineOf,
  type Place,
  threadPlaceOf,
  type TimelineEntry,
  type TimelineEvent,
} from '../domain/timeline-event'
import type { EventDocument } from './documents'

const seqDigits = 12

/** Sorts by the list, then by the place in it. */
export const placeKey = (listId: string, place: number): string => `${listId}:${String(place).padStart(seqDigits, '0')}`

/**
 * The document of an entry at its place. The id of a message is the id of the document that sent it. `requestId` is the
 * request that caused it.
 */
export function toDocument(entry: TimelineEntry, { seq, lines, pins }: Place, requestId?: string): EventDocument {
  const { conversationId, actorId, clientId, at, type, data } = entry
  const line = lineOf({ ...entry, seq, lines })
  const about = type === 'MessageSent' ? null : messageIdOf(entry)
  const [, root] = messageIdsOf(entry)
  const reply = threadPlaceOf(entry)
  const editNumber = editNumberOf(entry)
  return {
    _id: type === 'MessageSent' ? data.messageId : v7(),
    conversationId,
    seq,
    lines,
    ...(line === null ? {} : { line }),
    ...(pins === undefined ? {} : { pins }),
    ...(about === null ? {} : { about }),
    ...(root === undefined ? {} : { root }),
    ...(reply === null ? {} : { threadPlace: placeKey(reply.rootId, reply.line) }),
    ...(about === null || editNumber === null ? {} : { editPlace: placeKey(about, editNumber) }),
    type,
    actorId,
    clientId,
    at,
    data,
    ...(requestId === undefined ? {} : { requestId }),
    pending: placeKey(conversationId, seq),
  }
}

/** Event names before November 2026. */
const formerNames: Readonly<Record<string, TimelineEvent['type']>> = {
  'message.sent': 'MessageSent',
  'conversation.started': 'ConversationStarted',
  'member.joined': 'MemberJoined',
  'member.left': 'MemberLeft',
  'title.changed': 'TitleChanged',
}

/**
 * An event of the log in its current form: the one place where events of older versions are upcast. The log contains
 * only what `toDocument` wrote, so rows are not validated again.
 */
export function toEvent({ seq, lines = seq, pins, type, ...row }: EventDocument): TimelineEvent {
  const { conversationId, actorId, clientId, at, data } = row
  return {
    conversationId,
    seq,
    lines,
    ...(pins === undefined ? {} : { pins }),
    type: formerNames[type] ?? type,
    actorId,
    clientId,
    at,
    data,
  } as unknown as TimelineEvent
}
