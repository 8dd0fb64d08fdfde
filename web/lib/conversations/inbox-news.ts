import type { ConversationStatePartsFragment } from '../graphql/__generated__/fragments'
import { Store } from '../store'
import type { InboxEntry } from './conversation-cache'

/** A conversation as the inbox tells of it, and as it was known before; null when it was not known. */
export interface InboxChange {
  readonly entry: InboxEntry
  readonly known: ConversationStatePartsFragment | null
}

export interface InboxNews {
  readonly changes: readonly InboxChange[]
  /** The conversations that the viewer is not in any more. */
  readonly goneIds: readonly string[]
  /** `first`: what was there when the tab was opened. `missed`: what happened while the stream was broken. */
  readonly when: 'first' | 'missed' | 'now'
}

/** The latest frame of the inbox, for those who tell the viewer of it. */
export const inboxNews = new Store<InboxNews | null>(null)
