import type { ConversationId, MessageId } from '@parley/kernel/ids'
import type { ConversationHead, ConversationHeads } from '../application/conversation-heads'
import type { Messages } from '../application/current-messages'
import { type Message, messageIdOf, messagesAfter } from '../domain/message'
import { detailsSeqAfter, lineOf, notBegun, type TimelineEvent } from '../domain/timeline-event'

/** The projection of a process, as far as a test has folded it. */
export class MemoryProjection implements Messages, ConversationHeads {
  readonly #messages = new Map<MessageId, Message>()
  readonly #heads = new Map<ConversationId, ConversationHead>()

  byId(ids: readonly MessageId[]): Promise<readonly Message[]> {
    return Promise.resolve(ids.flatMap((id) => this.#messages.get(id) ?? []))
  }

  inLines(conversationId: ConversationId, from: number, to: number): Promise<readonly Message[]> {
    const isAsked = (message: Message) => message.line !== null && message.line >= from && message.line <= to
    const own = [...this.#messages.values()].filter((message) => message.conversationId === conversationId)
    return Promise.resolve(own.filter(isAsked))
  }

  inThread(rootId: MessageId, from: number, to: number): Promise<readonly Message[]> {
    const isAsked = ({ threadLine }: Message) => threadLine !== null && threadLine >= from && threadLine <= to
    const replies = [...this.#messages.values()].filter(({ threadId }) => threadId === rootId)
    return Promise.resolve(replies.filter(isAsked))
  }

  load(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>> {
    return Promise.resolve(new Map([...this.#heads].filter(([id]) => ids.includes(id))))
  }

  pinnedIn(conversationId: ConversationId): Promise<readonly Message[]> {
    const isPinned = (message: Message) => message.conversationId === conversationId && message.pinnedAt !== null
    return Promise.resolve([...this.#messages.values()].filter(isPinned))
  }

  fold(events: readonly TimelineEvent[]): Promise<void> {
    for (const event of events) this.#take(event, event.seq)
    return Promise.resolve()
  }

  /** The messages only; the heads follow later. */
  apply(events: readonly TimelineEvent[]): Promise<void> {
    for (const [id, message] of messagesAfter(events, this.#messages.values())) this.#messages.set(id, message)
    return Promise.resolve()
  }

  /** Out of order: the checkpoint stays. */
  hear(events: readonly TimelineEvent[]): void {
    for (const event of events) this.#take(event, 0)
  }

  #take(event: TimelineEvent, checkpoint: number): void {
    const { conversationId, seq, lines, at: changedAt } = event
    const known = this.#heads.get(conversationId) ?? {
      ...notBegun,
      lastMessageId: null,
      pinnedCount: 0,
      foldedSeq: 0,
      changedAt,
    }
    const id = messageIdOf(event)
    for (const [changed, message] of messagesAfter([event], this.#messages.values()))
      this.#messages.set(changed, message)
    const last = known.lastMessageId === null ? undefined : this.#messages.get(known.lastMessageId)
    const isLast = event.type === 'MessageSent' && lineOf(event) !== null && seq > (last?.seq ?? 0)
    this.#heads.set(conversationId, {
      seq: Math.max(known.seq, seq),
      lines: Math.max(known.lines, lines),
      detailsSeq: detailsSeqAfter(known.detailsSeq, event),
      lastMessageId: isLast ? id : known.lastMessageId,
      pinnedCount: seq > known.seq ? (event.pins ?? 0) : known.pinnedCount,
      foldedSeq: checkpoint === known.foldedSeq + 1 ? checkpoint : known.foldedSeq,
      changedAt,
    })
  }
}
