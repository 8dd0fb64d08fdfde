import { Injectable } from '@nestjs/common'
import type { TimelineEvent } from '../domain/timeline-event'

/**
 * The events that this process has appended and not applied to the projections yet. Its own readers add them to what
 * they read, so that whoever has written something finds it. They ask before they read the projections: an event that is
 * applied in between is in one of the two.
 */
@Injectable()
export class UnappliedEvents {
  readonly #events = new Map<string, Set<TimelineEvent>>()

  add(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      const known = this.#events.get(event.conversationId)
      if (known === undefined) this.#events.set(event.conversationId, new Set([event]))
      else known.add(event)
    }
  }

  delete(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      const known = this.#events.get(event.conversationId)
      known?.delete(event)
      if (known?.size === 0) this.#events.delete(event.conversationId)
    }
  }

  /** By conversation and seq. */
  of(conversationIds: Iterable<string>): readonly TimelineEvent[] {
    return [...conversationIds].flatMap((id) => [...(this.#events.get(id) ?? [])])
  }
}
