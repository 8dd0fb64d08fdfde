import type { InboxChange } from '../../../lib/conversations/inbox-news'
import { isMutedAt } from '../../../lib/conversations/mute'

/** What the viewer wants to be told of, on this device. */
export const notifyChoices = ['all', 'mentions', 'nothing'] as const
export type NotifyChoice = (typeof notifyChoices)[number]

/** What the inbox has told of a conversation, as far as it matters here. */
export interface Standing {
  /** Of the last message. */
  readonly seq: number
  readonly unreadCount: number
  readonly mentionCount: number
}

/** A message of somebody else that the viewer has not read, the last one of those that a frame tells of. */
export interface Arrival {
  readonly conversationId: string
  readonly seq: number
  readonly authorId: string
  readonly text: string
  /** How many have come. */
  readonly count: number
  /** One of them mentions the viewer. */
  readonly isMention: boolean
  readonly isMuted: boolean
}

export function standingOf({ lastMessage, unreadCount, mentionCount }: InboxChange['entry']): Standing {
  return { seq: lastMessage?.seq ?? 0, unreadCount, mentionCount }
}

/** Null when a change is none: an edit, a reaction, a message of one's own, or what was read elsewhere meanwhile. */
export function arrivalIn(change: InboxChange, before: Standing | null, viewerId: string, now: Date): Arrival | null {
  const { conversationId, headSeq, lastMessage, unreadCount, mentionCount, mute } = change.entry
  if (lastMessage === null || lastMessage.deletedAt !== null || lastMessage.authorId === viewerId) return null
  // Of a conversation that was not known it is new if nothing came after it.
  const isNew = before === null ? lastMessage.seq === headSeq : lastMessage.seq > before.seq
  if (!isNew || unreadCount === 0) return null
  return {
    conversationId,
    seq: lastMessage.seq,
    authorId: lastMessage.authorId,
    text: lastMessage.text,
    count: Math.max(1, unreadCount - (before?.unreadCount ?? 0)),
    isMention: mentionCount > (before?.mentionCount ?? 0),
    isMuted: isMutedAt(mute, now),
  }
}

export interface Circumstances {
  readonly choice: NotifyChoice
  readonly isDirect: boolean
  /** Somebody looks at the conversation, in whichever tab. */
  readonly isAttended: boolean
  /** Up to which message this device has been told of the conversation. */
  readonly toldSeq: number
}

/** Whether the viewer is to be told of it. As with what is counted, only a mention counts in a muted conversation. */
export function rings({ seq, isMention, isMuted }: Arrival, circumstances: Circumstances): boolean {
  const { choice, isDirect, isAttended, toldSeq } = circumstances
  if (choice === 'nothing' || isAttended || seq <= toldSeq) return false
  if (isMention) return true
  return !isMuted && (choice === 'all' || isDirect)
}

/** A conversation in which much is said makes one sound, not one for each message. */
const calm = 5_000

export const soundsAgain = (lastAt: number | undefined, now: number): boolean =>
  lastAt === undefined || now - lastAt >= calm
