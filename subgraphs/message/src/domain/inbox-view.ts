import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type MentionMarks, marksAfter, noMarks, unreadMentions, withMarks } from './mention-marks'
import { evolve, type Message } from './message'
import { laterMute, type Mute, muteAt, unmuted } from './mute'
import { afterOwnLine, latest, type ReadPosition, type ReadState, unread, unreadLines } from './read-state'
import { detailsSeqAfter, lineOf, notBegun, type Standing, type TimelineEvent } from './timeline-event'

/** The state of a conversation in a user's inbox. */
export interface InboxEntry extends Standing, ReadPosition {
  readonly conversationId: ConversationId
  readonly unread: number
  /** Unread lines that mention the user. */
  readonly mentions: number
  readonly mute: Mute
  /** The newest message, if it is known here; otherwise it is read from the projection. */
  readonly lastMessage: Message | null
}

interface Known {
  readonly standing: Standing
  readonly state: ReadState
  readonly marks: MentionMarks
  readonly mute: Mute
  readonly lastMessage: Message | null
}

const nothing: Known = { standing: notBegun, state: unread, marks: noMarks, mute: unmuted, lastMessage: null }

/** The state of one user's inbox, updated by events and read positions in any order. */
export class InboxView {
  readonly #known = new Map<ConversationId, Known>()
  #total = 0
  #mentions = 0
  /** When mutes end that end by themselves. */
  readonly #ends = new Map<ConversationId, Date>()

  constructor(private readonly userId: UserId) {}

  /** The unread lines in all conversations; of muted ones the unread mentions. */
  get unread(): number {
    return this.#total
  }

  /** The unread mentions in all conversations. */
  get mentions(): number {
    return this.#mentions
  }

  /** When the next mute ends by itself; null for none. */
  get nextMuteEnd(): Date | null {
    const times = [...this.#ends.values()].map((end) => end.getTime())
    return times.length === 0 ? null : new Date(Math.min(...times))
  }

  /** The conversations whose mute has ended by then, which count again. */
  endMutes(now: Date): readonly ConversationId[] {
    const ended = [...this.#ends].flatMap(([id, end]) => (end <= now ? [id] : []))
    for (const id of ended) {
      const known = this.#known.get(id)
      if (known !== undefined) this.#set(id, { ...known, mute: muteAt(known.mute, now) })
    }
    return ended
  }

  has(conversationId: ConversationId): boolean {
    return this.#known.has(conversationId)
  }

  /** State from the store; newer state that is known already stays. */
  put(
    conversationId: ConversationId,
    { seq, lines, detailsSeq }: Standing,
    { mute = unmuted, ...state }: ReadState & { readonly mute?: Mute },
    marks: MentionMarks = noMarks,
  ): void {
    const known = this.#known.get(conversationId) ?? nothing
    this.#set(conversationId, {
      standing: newer(known.standing, { seq, lines, detailsSeq }),
      // The events in between, which may change the message or delete it, are not taken any more.
      lastMessage: seq > known.standing.seq ? null : known.lastMessage,
      state: latest(known.state, state),
      marks: withMarks(known.marks, marks),
      mute: laterMute(known.mute, mute),
    })
  }

  /** True when it is new and the conversation is in the inbox. */
  take(event: TimelineEvent): boolean {
    const known = this.#known.get(event.conversationId)
    if (known === undefined || event.seq <= known.standing.seq) return false
    const line = lineOf(event)
    this.#set(event.conversationId, {
      ...known,
      standing: {
        seq: event.seq,
        lines: event.lines,
        detailsSeq: detailsSeqAfter(known.standing.detailsSeq, event),
      },
      state: line !== null && event.actorId === this.userId ? afterOwnLine(known.state, line) : known.state,
      marks: marksAfter(known.marks, event, this.userId),
      lastMessage: newestAfter(known.lastMessage, event),
    })
    return true
  }

  remove(conversationId: ConversationId): void {
    const known = this.#known.get(conversationId)
    if (known !== undefined) this.#count(known, -1)
    this.#known.delete(conversationId)
    this.#ends.delete(conversationId)
  }

  entry(conversationId: ConversationId): InboxEntry | null {
    const known = this.#known.get(conversationId)
    if (known === undefined) return null
    const { standing, state, mute, lastMessage } = known
    return {
      conversationId,
      ...standing,
      revision: state.revision,
      readLine: state.readLine,
      unread: unreadOf(known),
      mentions: mentionsOf(known),
      mute,
      lastMessage,
    }
  }

  #set(conversationId: ConversationId, next: Known): void {
    const before = this.#known.get(conversationId)
    if (before !== undefined) this.#count(before, -1)
    this.#count(next, 1)
    this.#known.set(conversationId, next)
    if (next.mute.until === null) this.#ends.delete(conversationId)
    else this.#ends.set(conversationId, next.mute.until)
  }

  #count(known: Known, sign: 1 | -1): void {
    this.#total += sign * (known.mute.isMuted ? mentionsOf(known) : unreadOf(known))
    this.#mentions += sign * mentionsOf(known)
  }
}

const mentionsOf = ({ standing, state, marks }: Known): number => unreadMentions(marks, state.readLine, standing.lines)

const unreadOf = ({ standing, state }: Known): number => unreadLines(state, standing.lines)

/**
 * The newest message after an event. If the newest message is unknown, an edit does not show whether its message is the
 * newest.
 */
function newestAfter(known: Message | null, event: TimelineEvent): Message | null {
  const message = evolve(null, event)
  const now = known === null ? null : evolve(known, event)
  if (message === null || message.line === null) return now
  if (now === null) return lineOf(event) === null ? null : message
  return message.seq < now.seq ? now : message
}

const newer = (one: Standing, other: Standing): Standing => ({
  ...(one.seq > other.seq ? one : other),
  detailsSeq: Math.max(one.detailsSeq, other.detailsSeq),
})
