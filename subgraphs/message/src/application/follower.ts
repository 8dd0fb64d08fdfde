import type { UserId } from '@parley/kernel/ids'
import type { LiveSource } from '@parley/platform/live/live-stream'
import { withErased } from '../domain/message'
import { formerMemberIn, type TimelineEvent } from '../domain/timeline-event'
import { maxWeight, weightOf } from './event-weight'

export interface TimelineFrame {
  readonly events: readonly TimelineEvent[]
  /** All events up to here are in this frame or in an earlier one. */
  readonly seq: number
  /** The highest known seq. */
  readonly headSeq: number
  /** Who may not see the next frame. A frame ends with the event that removes a member. */
  readonly formerMember: UserId | null
}

export interface FollowerOptions {
  /** The stream ends with the event that removes this viewer. */
  readonly viewerId: UserId
  /** The highest seq that the client has. */
  readonly after: number
  readonly read: (after: number, limit: number) => Promise<readonly TimelineEvent[]>
  /** The highest seq that this process knows. */
  readonly knownHead: () => number
  /** Reads from the log when it is the user's turn; live events do not wait. */
  readonly pace: <Page>(read: () => Promise<Page>, weightOf: (page: Page) => number) => Promise<Page>
  readonly onClose: () => void
}

const pageSize = 100
/** How many events wait in memory for a slow consumer; beyond it, it reads them from the log. */
const maxQueued = 1_000

const pageWeight = (page: readonly TimelineEvent[]): number => page.reduce((sum, event) => sum + weightOf(event), 0)

/**
 * The events of one conversation for one stream: subscribe first, read the log after the cursor, drop duplicates, fill
 * gaps from the log. The cursor moves by one event at a time, so every event arrives exactly once and in order, with
 * any hints.
 */
export class Follower implements LiveSource<TimelineFrame> {
  isOver = false
  #cursor: number
  /** Hinted events that follow the cursor without a gap. */
  #queue: TimelineEvent[] = []
  /** The log has, or may have, events that the queue lacks. */
  #behind = true
  #isClosed = false
  #wake: () => void = () => undefined

  constructor(private readonly options: FollowerOptions) {
    this.#cursor = options.after
  }

  open(wake: () => void): void {
    this.#wake = wake
  }

  /** A hint: in any order, any number of times, or never. */
  push(event: TimelineEvent): void {
    const expected = this.#cursor + this.#queue.length + 1
    if (event.seq < expected) return
    if (event.seq > expected || this.#queue.length >= maxQueued) this.#behind = true
    else this.#queue.push(event)
    this.#wake()
  }

  async take(): Promise<TimelineFrame | null> {
    const events = await this.#advance()
    return events.length > 0 ? this.#frameOf(events) : null
  }

  async heartbeat(): Promise<TimelineFrame> {
    // A known head beyond the cursor means that a hint was lost: the heartbeat fills the gap.
    if (this.options.knownHead() > this.#cursor) this.#behind = true
    return this.#frameOf(await this.#advance())
  }

  close(): void {
    this.#isClosed = true
    this.options.onClose()
  }

  #frameOf(events: readonly TimelineEvent[]): TimelineFrame {
    const last = events.at(-1)
    const formerMember = last === undefined ? null : formerMemberIn(last)
    this.isOver = formerMember === this.options.viewerId
    return { events, seq: this.#cursor, headSeq: Math.max(this.#cursor, this.options.knownHead()), formerMember }
  }

  /** Nothing for a stream that was closed while it waited for its turn. */
  async #read(): Promise<readonly TimelineEvent[]> {
    return this.#isClosed ? [] : this.options.read(this.#cursor, pageSize)
  }

  /** The next events after the cursor: from the queue when it has them, else from the log. */
  async #advance(): Promise<readonly TimelineEvent[]> {
    if (this.#queue.length === 0 && this.#behind) await this.#refill()
    return this.#take()
  }

  async #refill(): Promise<void> {
    // Reset before the read: a gap that a hint shows during it sets it again.
    this.#behind = false
    const page = await this.options.pace(() => this.#read(), pageWeight)
    if (page.length === pageSize) this.#behind = true
    const last = page.at(-1)?.seq ?? this.#cursor
    const hinted = this.#queue.filter((event) => event.seq > last)
    if (hinted[0] !== undefined && hinted[0].seq !== last + 1) {
      hinted.length = 0
      this.#behind = true
    }
    this.#queue = [...page, ...hinted]
  }

  /**
   * As many as one frame may hold, and at least one: a frame is bounded in bytes too, for messages of any size. It ends
   * with an event that removes a member, who may not see what follows.
   */
  #take(): readonly TimelineEvent[] {
    // A text that was deleted while it waited is not sent any more.
    this.#queue = [...withErased(this.#queue)]
    let weight = 0
    let count = 0
    for (const event of this.#queue) {
      weight += weightOf(event)
      if (count > 0 && (weight > maxWeight || count === pageSize)) break
      count += 1
      if (formerMemberIn(event) !== null) break
    }
    const taken = this.#queue.splice(0, count)
    this.#cursor = taken.at(-1)?.seq ?? this.#cursor
    return taken
  }
}
