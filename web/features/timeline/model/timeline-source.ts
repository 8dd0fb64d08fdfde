import type { Failure } from '../../../lib/graphql/errors'
import type { TimelineFrame, TimelinePage } from './events'

export interface HistoryAnswer {
  readonly page: TimelinePage
  /** The line up to which the viewer had read when this was asked; 0 for not at all. */
  readonly readLine: number
}

export interface FrameSink {
  frame(frame: TimelineFrame): void
  /** The stream is over; null when the server ended it without a word. */
  ended(failure: Failure | null): void
}

/** Where a conversation's timeline comes from. */
export interface TimelineSource {
  /** The lines before `before`, or the latest ones. Rejects with a Failure. */
  history(conversationId: string, before: number | null, last: number): Promise<HistoryAnswer>
  /** Follows the log. `cursor` is asked each time that the stream is opened, so reconnects resume where the state is. */
  follow(conversationId: string, cursor: () => number, sink: FrameSink): () => void
  /** False while the connection is known to be gone: then silence is expected and no reason to act. */
  connected(): boolean
}
