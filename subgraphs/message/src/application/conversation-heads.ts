import type { ConversationId } from '@parley/kernel/ids'

export interface ConversationHead {
  readonly headSeq: number
  /** 0 when nobody has written yet. */
  readonly lastMessageSeq: number
}

/** Where each conversation stands: a projection of the log, milliseconds behind it at most while all is well. */
export abstract class ConversationHeads {
  abstract load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>>
}
