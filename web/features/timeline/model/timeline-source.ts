import type { Failure } from '../../../lib/graphql/errors'
import type { TimelineFrame, TimelinePage } from './events'

export interface HistoryAnswer {
  readonly page: TimelinePage
  /** The line up to which the viewer had read at the time of the request; 0 for none. */
  readonly readLine: number
}

export interface FrameSink {
  frame(frame: TimelineFrame): void
  /** The stream has ended; null when the server ended it without an error. */
  ended(failure: Failure | null): void
}

/** The source of a conversation's timeline. */
export interface TimelineSource {
  /** The lines before `before`, or the latest ones. Rejects with a Failure. */
  history(conversationId: string, before: number | null, last: number): Promise<HistoryAnswer>
  /**
   * Follows the log. `cursor` is read each time that the stream is opened, so reconnects resume from the current state.
   */
  follow(conversationId: string, cursor: () => number, sink: FrameSink): () => void
  /** False while the connection is known to be lost: then silence is expected and needs no action. */
  connected(): boolean
}
