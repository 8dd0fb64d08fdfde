import type { Failure } from '../../../lib/graphql/errors'
import type { TimelineFrame, TimelinePage } from './events'

/** Where a page of history is: at the end, or at one of these. */
export interface HistoryPlace {
  readonly before?: number
  readonly after?: number
  readonly around?: number
  readonly aroundMessage?: string
  /** The first line at or after this time. */
  readonly aroundDate?: string
}

export interface HistoryAnswer {
  readonly page: TimelinePage
  /** The line that a page around something is around; null for other pages, and without lines. */
  readonly aroundLine: number | null
  /** The line up to which the viewer had read at the time of the request; 0 for none. */
  readonly readLine: number
}

export interface FrameSink {
  frame(frame: TimelineFrame): void
  /** The stream has ended; null when the server ended it without an error. */
  ended(failure: Failure | null): void
}

/** The viewer's read position. */
export interface KnownReading {
  readonly readLine: number
  readonly hasUnread: boolean
}

/** The source of a conversation's timeline. */
export interface TimelineSource {
  /** What is known of the read position without asking; null when nothing is. */
  reading(conversationId: string): KnownReading | null
  /** At most `count` lines at a place. Rejects with a Failure. */
  history(conversationId: string, place: HistoryPlace, count: number): Promise<HistoryAnswer>
  /**
   * Follows the log. `cursor` is read each time that the stream is opened, so reconnects resume from the current state.
   */
  follow(conversationId: string, cursor: () => number, sink: FrameSink): () => void
  /** False while the connection is known to be lost: then silence is expected and needs no action. */
  connected(): boolean
}
