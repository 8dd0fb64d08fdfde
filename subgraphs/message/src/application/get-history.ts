import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import { unreachable } from '@parley/kernel/decider'
import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { noSuchMessage } from '../domain/policy'
import { firstUnreadLine, unread } from '../domain/read-state'
import { Admission } from './admission'
import { CurrentMessages, type EventNow } from './current-messages'
import { Inbox } from './inbox'
import { lineAtDate } from './line-at-date'
import { linesAfter, linesAround, linesBefore, type PageRange, type Place, sliceOf } from './page-range'
import { TimelineLog } from './timeline-log'

export interface HistoryPage {
  readonly conversationId: ConversationId
  readonly events: readonly EventNow[]
  readonly hasEarlier: boolean
  readonly hasLater: boolean
  /** The line that the page is around; null for other pages, and in a conversation without lines. */
  readonly aroundLine: number | null
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

/** Which line a place is, in a conversation with this many lines. */
type LineOf = (lines: number) => number | Promise<number>

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory> {
  constructor(
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
    private readonly log: TimelineLog,
    private readonly inbox: Inbox,
  ) {}

  async execute({ conversationId, userId, range }: GetHistory): Promise<HistoryPage> {
    const { place, size } = sliceOf(range)
    await this.admission.assertMember(conversationId, userId)
    const lineOf = this.#lineOf(place, conversationId, userId)
    let around: number | null = null
    const { events, from, to, lines, upTo } = await this.messages.lines(conversationId, async (count) => {
      const line = await lineOf(count)
      if (place.kind === 'end' || place.kind === 'before') return linesBefore(line, size, count)
      if (place.kind === 'after') return linesAfter(line, size, count)
      around = count === 0 ? null : Math.min(line, count)
      return linesAround(around ?? 1, size, count)
    })
    const [hasEarlier, hasLater] = [from > 1, to < lines]
    return { conversationId, events, hasEarlier, hasLater, aroundLine: around, headSeq: upTo }
  }

  /** What must be looked up is looked up while the page begins to be read. */
  #lineOf(place: Place, conversationId: ConversationId, userId: UserId): LineOf {
    switch (place.kind) {
      case 'end':
        return (lines) => lines + 1
      case 'before':
      case 'after':
      case 'around':
        return () => place.line
      case 'message':
        return started(this.#lineOfMessage(place.id, conversationId))
      case 'unread':
        return started(this.#firstUnread(conversationId, userId))
      case 'date':
        return this.#lineAtDate(place.date, conversationId)
      default:
        return unreachable(place)
    }
  }

  #lineAtDate(date: Date, conversationId: ConversationId): LineOf {
    let found = 1
    let searched = 0
    return async (lines) => {
      // Lines that came meanwhile are later ones.
      if (found <= searched) return found
      searched = lines
      found = await lineAtDate(date, lines, (some) => this.log.timesOf(conversationId, some))
      return found
    }
  }

  async #lineOfMessage(id: MessageId, conversationId: ConversationId): Promise<number> {
    const found = await this.messages.sending(id)
    if (found?.conversationId !== conversationId) throw noSuchMessage()
    // A reply that is only in its thread is found at the root.
    const root = found.line === null && found.threadId !== null ? await this.messages.sending(found.threadId) : null
    const line = found.line ?? root?.line ?? null
    if (line === null) throw noSuchMessage()
    return line
  }

  async #firstUnread(conversationId: ConversationId, userId: UserId): Promise<number> {
    const states = await this.inbox.readStates(userId, [conversationId])
    return firstUnreadLine(states.get(conversationId) ?? unread)
  }
}

function started(line: Promise<number>): LineOf {
  // The page may fail first; it rejects with this failure when it asks for the line.
  line.catch(() => undefined)
  return () => line
}
