import type { ConversationId, MessageId } from '@parley/kernel/ids'

export interface ConversationHead {
  readonly headSeq: number
  /** null when nobody has written yet. */
  readonly lastMessageId: MessageId | null
}

/** Where each conversation stands: a projection of the log, milliseconds behind it at most while all is well. */
export abstract class ConversationHeads {
  abstract load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>>
}
