import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Conversation, ConversationCommand } from '../domain/conversation'

/** Who caused the events, and when. */
export interface Metadata {
  readonly actor: UserId
  readonly at: Date
}

export interface DescribedConversation {
  readonly conversation: Conversation
  /** The version of its stream that this is the fold of. */
  readonly version: number
}

/** The conversations as streams of events: the truth about each of them. */
export abstract class Conversations {
  /**
   * Decides the command on the newest state. What it causes is recorded together with the read models and the events for other
   * subgraphs, or not at all. Rejects with the refusal of the rules, or with CONFLICT when others kept changing the same conversation.
   */
  abstract handle(id: ConversationId, command: ConversationCommand, by: Metadata): Promise<void>

  /** null: there is no such conversation. */
  abstract describe(id: ConversationId): Promise<DescribedConversation | null>
}
