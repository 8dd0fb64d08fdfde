import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { MentionMarks } from '../domain/mention-marks'

/** Which lines mention whom: the one owner of mention counts. */
export abstract class AllMentionMarks {
  /** Of one user; conversations without any are left out. */
  abstract of(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, MentionMarks>>
}
