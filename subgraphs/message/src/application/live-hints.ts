import type { ConversationId } from '@parley/kernel/ids'
import type { TimelineEvent } from '../domain/timeline-event'

/** Tells every process at once that something was appended. A hint may be lost or doubled: the log is the truth. */
export abstract class LiveHints {
  /** Never rejects: a hint that does not get through is not worth failing for. */
  abstract publish(events: readonly TimelineEvent[]): Promise<void>

  /** Resolves once hints arrive; the result ends it. Rejects when the transport is away. */
  abstract subscribe(conversationId: ConversationId, onEvent: (event: TimelineEvent) => void): Promise<() => void>
}
