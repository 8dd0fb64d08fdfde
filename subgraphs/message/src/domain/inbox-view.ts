import type { ConversationId, UserId } from '@parley/kernel/ids'
import { evolve, type Message } from './message'
import { afterOwnLine, type ReadState, unread, unreadLines } from './read-state'
import { detailsSeqAfter, lineOf, notBegun, type Standing, type TimelineEvent } from './timeline-event'

/** A conversation as it stands in somebody's inbox. */
export interface InboxEntry extends Standing {
  readonly conversationId: ConversationId
  readonly readLine: number
  readonly unread: number
  /** The newest message, where it is known without asking; the projection knows it otherwise. */
  readonly lastMessage: Message | null
}

interface Known {
  readonly standing: Standing
  readonly state: ReadState
  readonly lastMessage: Message | null
}

const nothing: Known = { standing: notBegun, state: unread, lastMessage: null }

/** What one person's inbox amounts to, kept up with events and readings in whatever order they come. */
export class InboxView {
  readonly #known = new Map<ConversationId, Known>()
  #total = 0

  constructor(private readonly userId: UserId) {}

  /** All that waits in all conversations. */
  get unread(): number {
    return this.#total
  }

  has(conversationId: ConversationId): boolean {
    return this.#known.has(conversationId)
  }

  /** What a store says of a conversation; what is known better already stays. */
  put(conversationId: ConversationId, { seq, lines, detailsSeq }: Standing, state: ReadState): void {
    const known = this.#known.get(conversationId) ?? nothing
    const own = known.state.ownLines.reduce(afterOwnLine, state)
    const readLine = Math.max(own.readLine, known.state.readLine)
    this.#set(conversationId, {
      ...known,
      standing: newer(known.standing, { seq, lines, detailsSeq }),
      state: own.ownLines.reduce(afterOwnLine, { readLine, ownLines: [] }),
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
    return { conversationId, ...standing, readLine: state.readLine, unread: unreadOf(known), lastMessage }
  }

  #set(conversationId: ConversationId, next: Known): void {
    const before = this.#known.get(conversationId)
    this.#total += unreadOf(next) - (before === undefined ? 0 : unreadOf(before))
    this.#known.set(conversationId, next)
  }
}

const unreadOf = ({ standing, state }: Known): number => unreadLines(state, standing.lines)

/** The newest message after an event; whether one that only changed is the newest, nobody knows who does not know the newest. */
function newestAfter(known: Message | null, event: TimelineEvent): Message | null {
  const message = evolve(null, event)
  if (message === null) return known
  if (known === null) return lineOf(event) === null ? null : message
  return message.seq < known.seq ? known : message
}

const newer = (one: Standing, other: Standing): Standing => ({
  ...(one.seq > other.seq ? one : other),
  detailsSeq: Math.max(one.detailsSeq, other.detailsSeq),
})
