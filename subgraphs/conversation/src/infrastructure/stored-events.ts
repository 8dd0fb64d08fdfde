import type { EventStream, StoredEvent } from '@parley/platform/postgres/event-store'
import type { ConversationState, ConversationEvent } from '../domain/conversation'
import { conversationFold } from '../domain/conversation'

/**
 * A conversation in the event store. Events stored under the names before November 2026 are read under the current
 * ones.
 */
export const storedConversation: EventStream<ConversationState, ConversationEvent> = {
  ...conversationFold,
  upcast({ type, data }: StoredEvent): ConversationEvent {
    switch (type) {
      case 'conversation.started':
        return { type: 'ConversationStarted', data } as ConversationEvent
      case 'member.added':
        return { type: 'MemberJoined', data: { memberId: data['userId'], role: 'member' } } as ConversationEvent
      case 'member.left':
        return { type: 'MemberLeft', data: { memberId: data['userId'], heirId: data['heir'] } } as ConversationEvent
      case 'renamed':
        return { type: 'TitleChanged', data } as ConversationEvent
      default:
        // The store contains only events that commands decided, so rows are not validated again.
        return { type, data } as ConversationEvent
    }
  },
}
