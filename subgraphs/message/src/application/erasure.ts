import type { TimelineEvent } from '../domain/timeline-event'

/** Removes the texts of deleted messages from the log. */
export abstract class Erasure {
  /**
   * For each deletion among the events, every earlier event about its message becomes what `erased` (domain/message.ts)
   * says. Idempotent.
   */
  abstract erase(events: readonly TimelineEvent[]): Promise<void>
}
