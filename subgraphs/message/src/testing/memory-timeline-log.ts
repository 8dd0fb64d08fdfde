import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { erased, messageIdOf, messageIdsOf } from '../domain/message'
import { isNeverUnread } from '../domain/read-state'
import type { Erasure } from '../application/erasure'
import { TimelineLog, type Written } from '../application/timeline-log'
import {
  beginning,
  editNumberOf,
  lineOf,
  type Place,
  placeAfter,
  refusalAfter,
  type TimelineEntry,
  type TimelineEvent,
} from '../domain/timeline-event'

/** The log as a list: tested with the same contract as the one in MongoDB (timeline-log.contract.ts). */
export class MemoryTimelineLog extends TimelineLog implements Erasure {
  readonly #logs = new Map<ConversationId, TimelineEvent[]>()

  append(entry: TimelineEntry): Promise<TimelineEvent> {
    const log = this.#logs.get(entry.conversationId) ?? []
    this.#logs.set(entry.conversationId, log)
    const earlier = log.find(({ actorId, clientId }) => actorId === entry.actorId && clientId === entry.clientId)
    if (earlier !== undefined) return Promise.resolve(earlier)
    const before = log.at(-1) ?? beginning
    const refusal = refusalAfter(before, entry)
    if (refusal !== null) return Promise.reject(refusal)
    const event = { ...entry, ...placeAfter(before, entry) }
    log.push(event)
    return Promise.resolve(event)
  }

  appendIfUnchanged(entry: TimelineEntry, readUpTo: number): Promise<TimelineEvent | null> {
    const since = this.#of(entry.conversationId).slice(readUpTo)
    const isKnown = this.#of(entry.conversationId).some(
      ({ actorId, clientId }) => actorId === entry.actorId && clientId === entry.clientId,
    )
    const changed = new Set(since.flatMap(messageIdsOf))
    const isChanged = messageIdsOf(entry).some((id) => changed.has(id))
    return isChanged && !isKnown ? Promise.resolve(null) : this.append(entry)
  }

  earlier({ conversationId, actorId, clientId }: Written): Promise<TimelineEvent | null> {
    const isIt = (event: TimelineEvent) => event.actorId === actorId && event.clientId === clientId
    return Promise.resolve(this.#of(conversationId).find(isIt) ?? null)
  }

  readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]> {
    return Promise.resolve(this.#of(conversationId).slice(after, after + limit))
  }

  readLines(conversationId: ConversationId, from: number, to: number): Promise<readonly TimelineEvent[]> {
    const isAsked = (line: number | null) => line !== null && line >= from && line <= to
    return Promise.resolve(this.#of(conversationId).filter((event) => isAsked(lineOf(event))))
  }

  async neverUnreadLines(
    conversationId: ConversationId,
    userId: UserId,
    from: number,
    to: number,
  ): Promise<readonly number[]> {
    const events = await this.readLines(conversationId, from, to)
    return events.filter((event) => isNeverUnread(event, userId)).map(({ lines }) => lines)
  }

  timesOf(conversationId: ConversationId, lines: readonly number[]): Promise<ReadonlyMap<number, Date>> {
    const times = this.#of(conversationId).map((event) => [lineOf(event) ?? 0, event.at] as const)
    return Promise.resolve(new Map(times.filter(([line]) => lines.includes(line))))
  }

  sent(messageIds: readonly MessageId[]): Promise<readonly TimelineEvent[]> {
    const isAsked = (event: TimelineEvent) => event.type === 'MessageSent' && messageIds.includes(event.data.messageId)
    return Promise.resolve([...this.#logs.values()].flatMap((log) => log.filter(isAsked)))
  }

  edits(messageId: MessageId, from: number, to: number): Promise<readonly TimelineEvent[]> {
    const isAsked = (event: TimelineEvent) => {
      const number = messageIdOf(event) === messageId ? editNumberOf(event) : null
      return number !== null && number >= from && number <= to
    }
    return Promise.resolve([...this.#logs.values()].flatMap((log) => log.filter(isAsked)))
  }

  deletionOf(messageId: MessageId): Promise<TimelineEvent | null> {
    const isIt = (event: TimelineEvent) => event.type === 'MessageDeleted' && event.data.messageId === messageId
    return Promise.resolve([...this.#logs.values()].flat().find(isIt) ?? null)
  }

  head(conversationId: ConversationId): Promise<Place> {
    const { seq, lines } = this.#of(conversationId).at(-1) ?? beginning
    return Promise.resolve({ seq, lines })
  }

  erase(events: readonly TimelineEvent[]): Promise<void> {
    for (const event of events) {
      if (event.type !== 'MessageDeleted') continue
      const log = this.#of(event.conversationId).map((earlier) => erased(earlier, event))
      this.#logs.set(event.conversationId, log)
    }
    return Promise.resolve()
  }

  #of(conversationId: ConversationId): readonly TimelineEvent[] {
    return this.#logs.get(conversationId) ?? []
  }
}
