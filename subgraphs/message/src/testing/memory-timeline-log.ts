import type { ConversationId } from '@parley/kernel/ids'
import { TimelineLog } from '../application/timeline-log'
import type { TimelineEntry, TimelineEvent } from '../domain/timeline-event'

/** The log as a list: held to the same contract as the one in MongoDB (timeline-log.contract.ts). */
export class MemoryTimelineLog extends TimelineLog {
  readonly #logs = new Map<ConversationId, TimelineEvent[]>()

  append(entry: TimelineEntry): Promise<TimelineEvent> {
    const log = this.#logs.get(entry.conversationId) ?? []
    this.#logs.set(entry.conversationId, log)
    const earlier = log.find(({ actorId, clientId }) => actorId === entry.actorId && clientId === entry.clientId)
    if (earlier !== undefined) return Promise.resolve(earlier)
    const event = { ...entry, seq: log.length + 1 }
    log.push(event)
    return Promise.resolve(event)
  }

  readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]> {
    return Promise.resolve(this.#of(conversationId).slice(after, after + limit))
  }

  readBefore(conversationId: ConversationId, before: number, limit: number): Promise<readonly TimelineEvent[]> {
    return Promise.resolve(this.#of(conversationId).slice(Math.max(0, before - 1 - limit), before - 1))
  }

  head(conversationId: ConversationId): Promise<number> {
    return Promise.resolve(this.#of(conversationId).length)
  }

  #of(conversationId: ConversationId): readonly TimelineEvent[] {
    return this.#logs.get(conversationId) ?? []
  }
}
