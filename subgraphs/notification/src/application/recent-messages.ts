import type { ConversationId } from '@parley/kernel/ids'
import type { SentMessage } from '../domain/notification'

/** The messages of as long as Kafka keeps its records: whoever joins by a late record is told of those that came before it. */
export abstract class RecentMessages {
  abstract remember(message: SentMessage): Promise<void>

  /** In batches, so that a busy conversation does not have to fit into memory. */
  abstract since(conversationId: ConversationId, at: Date): AsyncIterable<readonly SentMessage[]>
}
