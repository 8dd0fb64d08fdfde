import { Store } from './store'

export interface UnreadFrom {
  readonly conversationId: string
  readonly line: number
}

/** The first line that the viewer has marked as unread while they are in the conversation: they read it when they return. */
export const keptUnread = new Store<UnreadFrom | null>(null)
