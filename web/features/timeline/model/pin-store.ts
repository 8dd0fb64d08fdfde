import type { TimelineEvent } from './events'
import { MarkStore } from './mark-store'

/** The pinned messages: everybody's, told by the events of the conversation. */
export class PinStore extends MarkStore {
  hear(event: TimelineEvent): void {
    if (event.type !== 'MessagePinned' && event.type !== 'MessageUnpinned' && event.type !== 'MessageDeleted') return
    const { conversationId, id, version, pinnedAt } = event.message
    this.take(conversationId, { id, version, isMarked: pinnedAt !== null })
  }
}
