import type { ConversationId, MessageId } from '@parley/kernel/ids'
import type { Standing } from '../domain/timeline-event'

export interface ConversationHead extends Standing {
  /** null when nobody has written yet. */
  readonly lastMessageId: MessageId | null
  /** The checkpoint: every event up to here is folded into the projection of messages. */
  readonly foldedSeq: number
  /** When it was last folded. */
  readonly changedAt: Date
}

/** Where each conversation stands: a projection of the log, milliseconds behind it at most while all is well. */
export abstract class ConversationHeads {
  abstract load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>>
}
