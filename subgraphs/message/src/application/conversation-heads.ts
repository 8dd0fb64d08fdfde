import type { ConversationId } from '@parley/kernel/ids'
import type { MessageSentEvent } from '../domain/timeline-event'

export interface ConversationHead {
  readonly headSeq: number
  /** 0 when nobody has written yet. */
  readonly lastMessageSeq: number
}

export interface Position {
  readonly conversationId: ConversationId
  readonly seq: number
}

/** Where each conversation stands: a projection of the log, milliseconds behind it at most while all is well. */
export abstract class ConversationHeads {
  abstract load(conversationIds: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationHead>>
  abstract messagesAt(positions: readonly Position[]): Promise<readonly MessageSentEvent[]>
}
