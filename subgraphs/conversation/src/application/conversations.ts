import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Conversation, ConversationCommand } from '../domain/conversation'

/** The actor and the time of the events. */
export interface Metadata {
  readonly actor: UserId
  readonly at: Date
}

export interface DescribedConversation {
  readonly conversation: Conversation
  /** The version of the stream up to which it is folded. */
  readonly version: number
}

/** The conversations as streams of events: the source of truth. */
export abstract class Conversations {
  /**
   * Decides the command on the newest state. Its events are stored together with the read models and the integration
   * events, or not at all. Rejects with the refusal of the rules, or with CONFLICT when concurrent commands kept
   * changing the conversation.
   */
  abstract handle(id: ConversationId, command: ConversationCommand, by: Metadata): Promise<void>

  /** null: there is no such conversation. */
  abstract describe(id: ConversationId): Promise<DescribedConversation | null>
}
