import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { isAboutMessage, isErased, type Message } from '../domain/message'
import { editNumberOf, type MessageEvent } from '../domain/timeline-event'
import { Admission } from './admission'
import { linesAt, type ListRange, sliceOf } from './page-range'
import { TimelineLog } from './timeline-log'

/** A text that a message had. */
export interface MessageVersion {
  /** Counted from 1, which is the text that was sent, without a gap. */
  readonly number: number
  readonly text: string
  readonly at: Date
}

export interface VersionPage {
  /** Ascending. */
  readonly versions: readonly MessageVersion[]
  readonly hasEarlier: boolean
  readonly hasLater: boolean
}

const none: VersionPage = { versions: [], hasEarlier: false, hasLater: false }

/**
 * Some of the texts that a message had, its present one included: null for those who may not see it, and none when it was deleted. The
 * versions are lines of a list of their own, so a page is a bounded range and one round trip.
 */
export class ListVersions extends Query<VersionPage | null> {
  constructor(
    readonly message: Pick<Message, 'id' | 'conversationId' | 'editCount' | 'deletedAt'>,
    readonly viewer: UserId,
    readonly range: ListRange,
  ) {
    super()
  }
}

@QueryHandler(ListVersions)
export class ListVersionsHandler implements IQueryHandler<ListVersions> {
  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
  ) {}

  async execute({
    message: { id, conversationId, editCount, deletedAt },
    viewer,
    range,
  }: ListVersions): Promise<VersionPage | null> {
    const { place, size } = sliceOf(range)
    if (!(await this.admission.maySee(conversationId, viewer))) return null
    // Its texts are erased a moment after the deletion.
    if (deletedAt !== null) return none
    const count = editCount + 1
    const { from, to } = linesAt(place, size, count)
    const [sent, edits] = await Promise.all([
      from === 1 && to > 0 ? this.log.sent([id]) : [],
      this.log.edits(id, Math.max(1, from - 1), to - 1),
    ])
    const events = [...sent, ...edits].filter(isAboutMessage)
    // The message may have been deleted since it was read.
    if (events.some(isErased)) return none
    return { versions: events.map(versionIn), hasEarlier: from > 1, hasLater: to < count }
  }
}

const versionIn = (event: MessageEvent): MessageVersion => ({
  number: (editNumberOf(event) ?? 0) + 1,
  text: event.type === 'MessageSent' ? event.data.text : event.data.state.text,
  at: event.at,
})
