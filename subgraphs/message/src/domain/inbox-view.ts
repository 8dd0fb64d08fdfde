import type { ConversationId, UserId } from '@parley/kernel/ids'
import { evolve, type Message } from './message'
import { afterOwnLine, latest, type ReadPosition, type ReadState, unread, unreadLines } from './read-state'
import { detailsSeqAfter, lineOf, notBegun, type Standing, type TimelineEvent } from './timeline-event'

/** The state of a conversation in a user's inbox. */
export interface InboxEntry extends Standing, ReadPosition {
  readonly conversationId: ConversationId
  readonly unread: number
  /** The newest message, if it is known here; otherwise it is read from the projection. */
  readonly lastMessage: Message | null
}

interface Known {
  readonly standing: Standing
  readonly state: ReadState
  readonly lastMessage: Message | null
}

const nothing: Known = { standing: notBegun, state: unread, lastMessage: null }

/** The state of one user's inbox, updated by events and read positions in any order. */
export class InboxView {
  readonly #known = new Map<ConversationId, Known>()
  #total = 0

  constructor(private readonly userId: UserId) {}

  /** The unread lines in all conversations. */
  get unread(): number {
    return this.#total
  }

  has(conversationId: ConversationId): boolean {
    return this.#known.has(conversationId)
  }

  /** State from the store; newer state that is known already stays. */
  put(conversationId: ConversationId, { seq, lines, detailsSeq }: Standing, state: ReadState): void {
    const known = this.#known.get(conversationId) ?? nothing
    this.#set(conversationId, {
      standing: newer(known.standing, { seq, lines, detailsSeq }),
      // The events in between, which may change the message or delete it, are not taken any more.
      lastMessage: seq > known.standing.seq ? null : known.lastMessage,
      state: latest(known.state, state),
    })
  }

  /** True when it is new and the conversation is in the inbox. */
  take(event: TimelineEvent): boolean {
    const known = this.#known.get(event.conversationId)
    if (known === undefined || event.seq <= known.standing.seq) return false
    const line = lineOf(event)
    this.#set(event.conversationId, {
      standing: {
        seq: event.seq,
        lines: event.lines,
        detailsSeq: detailsSeqAfter(known.standing.detailsSeq, event),
      },
      state: line !== null && event.actorId === this.userId ? afterOwnLine(known.state, line) : known.state,
      lastMessage: newestAfter(known.lastMessage, event),
    })
    return true
  }

  remove(conversationId: ConversationId): void {
    const known = this.#known.get(conversationId)
    if (known !== undefined) this.#total -= unreadOf(known)
    this.#known.delete(conversationId)
  }

  entry(conversationId: ConversationId): InboxEntry | null {
    const known = this.#known.get(conversationId)
    if (known === undefined) return null
    const { standing, state, lastMessage } = known
    const { revision, readLine } = state
    return { conversationId, ...standing, revision, readLine, unread: unreadOf(known), lastMessage }
  }

  #set(conversationId: ConversationId, next: Known): void {
    const before = this.#known.get(conversationId)
    this.#total += unreadOf(next) - (before === undefined ? 0 : unreadOf(before))
    this.#known.set(conversationId, next)
  }
}

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
