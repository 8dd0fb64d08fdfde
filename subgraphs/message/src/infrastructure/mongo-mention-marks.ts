import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { AllMentionMarks } from '../application/mention-marks'
import { type MentionMarks, marksAfter, newestOf, noMarks } from '../domain/mention-marks'
import { MentionsOfUserDocument } from './documents'
import { inboxId } from './inbox-rows'
import { marksIn } from './mention-rows'
import { UnappliedEvents } from './unapplied-events'

@Injectable()
export class MongoMentionMarks extends AllMentionMarks {
  constructor(
    @InjectModel(MentionsOfUserDocument) private readonly rows: Model<typeof MentionsOfUserDocument>,
    private readonly unapplied: UnappliedEvents,
  ) {
    super()
  }

  async of(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, MentionMarks>> {
    const newer = this.unapplied.of(conversationIds)
    const rows = await findByIds(
      this.rows,
      conversationIds.map((id) => inboxId(userId, id)),
    )
    const marks = new Map(rows.map((row) => [row.conversationId as ConversationId, newestOf(marksIn(row))]))
    for (const event of newer) {
      const before = marks.get(event.conversationId) ?? noMarks
      const after = marksAfter(before, event, userId)
      if (after !== before) marks.set(event.conversationId, after)
    }
    return marks
  }
}
