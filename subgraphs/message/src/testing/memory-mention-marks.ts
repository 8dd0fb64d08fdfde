import type { ConversationId, UserId } from '@parley/kernel/ids'
import { AllMentionMarks } from '../application/mention-marks'
import { type MentionMarks, marksAfter, noMarks } from '../domain/mention-marks'
import type { MemoryTimelineLog } from './memory-timeline-log'

/** As a log in memory tells them. */
export class MemoryMentionMarks extends AllMentionMarks {
  constructor(private readonly log: MemoryTimelineLog) {
    super()
  }

  async of(userId: UserId, ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, MentionMarks>> {
    const marks = ids.map(async (id) => {
      const events = await this.log.readAfter(id, 0, 10_000)
      return [id, events.reduce((known, event) => marksAfter(known, event, userId), noMarks)] as const
    })
    return new Map(await Promise.all(marks))
  }
}
