import { type LineEvent, messageOf, type TimelinePage } from './events'
import { newestQuote, type TimelineState } from './timeline-state'

/** How many lines of the end of a conversation are kept on the device. */
export const keptLines = 50

/** Where the last page of a conversation is kept, for when the server says nothing or says it late. */
export interface KeptPages {
  /** Null when there is none. */
  read(conversationId: string): Promise<KeptPage | null>
  keep(conversationId: string, page: TimelinePage): void
  /** The viewer is not in it any more. */
  forget(conversationId: string): void
}

export interface KeptPage {
  readonly page: TimelinePage
  /** As far as the device knows, nothing has happened since. */
  readonly isCurrent: boolean
}

/** The end of a conversation, from which its stream goes on; null while it is not known. */
export function lastPage(state: TimelineState): TimelinePage | null {
  const { lines, loaded, cursor } = state
  if (!loaded) return null
  const all = lines.toArray()
  const events = all.slice(-keptLines).map((event) => withQuote(state, event))
  const hasEarlier = state.hasEarlier || events.length < all.length
  return { events, hasEarlier, isLatest: true, headSeq: cursor }
}

/** What it quotes is kept beside the lines. */
function withQuote(state: TimelineState, event: LineEvent): LineEvent {
  const replyToId = messageOf(event)?.replyToId
  const quote = replyToId ? state.quotes.get(replyToId) : undefined
  if (event.type !== 'MessageSent' || quote === undefined) return event
  return { ...event, message: { ...event.message, replyTo: newestQuote(state, quote) } }
}
