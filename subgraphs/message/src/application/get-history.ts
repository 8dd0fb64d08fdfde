import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import { DomainError } from '@parley/kernel/errors'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Admission } from './admission'
import { CurrentMessages, type EventNow } from './current-messages'

export const maxPage = 100

/** The newest lines, or those before a line. */
export interface PageRange {
  readonly before?: number | null
  readonly last: number
}

export interface HistoryPage {
  readonly conversationId: ConversationId
  readonly events: readonly EventNow[]
  readonly hasEarlier: boolean
  /** All events up to here are in the page: a stream resumes from it. */
  readonly headSeq: number
}

/** Always a bounded range of lines, so a page costs the same anywhere, with any number of other events between them. */
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
    private readonly messages: CurrentMessages,
  ) {}

  async execute({ conversationId, userId, range }: GetHistory): Promise<HistoryPage> {
    const { before = null, last } = range
    if (last < 1 || last > maxPage)
      throw new DomainError('input', 'INVALID_INPUT', `Ask for 1 to ${maxPage} lines at a time.`)
    if (before !== null && before < 1)
      throw new DomainError('input', 'INVALID_INPUT', 'Lines are counted from 1: there is none before that.')
    await this.admission.assertMember(conversationId, userId)
    const { events, from, upTo } = await this.messages.lines(conversationId, (lines) => {
      const to = Math.min(before ?? Infinity, lines + 1) - 1
      return { from: Math.max(1, to + 1 - last), to }
    })
    return { conversationId, events, hasEarlier: from > 1, headSeq: upTo }
  }
}
