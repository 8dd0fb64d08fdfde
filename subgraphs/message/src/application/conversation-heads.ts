import type { ConversationId, MessageId } from '@parley/kernel/ids'
import type { Standing } from '../domain/timeline-event'

export interface ConversationHead extends Standing {
  /** null without messages. */
  readonly lastMessageId: MessageId | null
  readonly pinnedCount: number
  /** The checkpoint: every event up to here is folded into the projection of messages. */
  readonly foldedSeq: number
  /** When it was last folded. */
  readonly changedAt: Date
}

/** The head of each conversation: a projection of the log, usually milliseconds behind it. */
export abstract class ConversationHeads {
  abstract load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>>
}
