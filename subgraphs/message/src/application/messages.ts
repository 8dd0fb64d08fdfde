import type { ConversationId, MessageId } from '@parley/kernel/ids'
import type { Message } from '../domain/message'

export interface Position {
  readonly conversationId: ConversationId
  readonly seq: number
}

/** Messages as they are now: a projection of the log, milliseconds behind it at most while all is well. */
export abstract class Messages {
  abstract byId(ids: readonly MessageId[]): Promise<readonly Message[]>
  abstract at(positions: readonly Position[]): Promise<readonly Message[]>
}
