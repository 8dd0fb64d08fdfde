import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import { DomainError } from '@parley/kernel/errors'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { TimelineEvent } from '../domain/timeline-event'
import { Admission } from './admission'
import { TimelineLog } from './timeline-log'

export const maxPage = 100

/** The newest events, or those before a position. */
export interface PageRange {
  readonly before?: number | null
  readonly last: number
}

export interface HistoryPage {
  readonly conversationId: ConversationId
  readonly events: readonly TimelineEvent[]
  readonly hasEarlier: boolean
  readonly headSeq: number
}

/** Always a bounded range of seq, so a page costs the same anywhere. */
export class GetHistory extends Query<HistoryPage> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
    readonly range: PageRange,
  ) {
    super()
  }
}

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
  ) {}

  async execute({ conversationId, userId, range }: GetHistory): Promise<HistoryPage> {
    const { before = null, last } = range
    if (last < 1 || last > maxPage)
      throw new DomainError('input', 'INVALID_INPUT', `Ask for 1 to ${maxPage} events at a time.`)
    if (before !== null && before < 1)
      throw new DomainError('input', 'INVALID_INPUT', 'Events are counted from 1: there is none before that.')
    await this.admission.assertMember(conversationId, userId)
    const headSeq = await this.log.head(conversationId)
    const events = await this.log.readBefore(conversationId, Math.min(before ?? headSeq + 1, headSeq + 1), last)
    return { conversationId, events, hasEarlier: (events[0]?.seq ?? 1) > 1, headSeq }
  }
}
