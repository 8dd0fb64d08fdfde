import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { MessageSentEvent } from './timeline-event'

/** What somebody wrote, as it is now. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly seq: number
  readonly clientId: ClientId
  readonly authorId: UserId
  readonly text: string
  readonly sentAt: Date
}

export const messageOf = ({ data, conversationId, seq, actorId, clientId, at }: MessageSentEvent): Message => ({
  id: data.messageId,
  conversationId,
  seq,
  clientId,
  authorId: actorId,
  text: data.text,
  sentAt: at,
})
