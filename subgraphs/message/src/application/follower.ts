import type { TimelineEvent } from '../domain/timeline-event'

export interface TimelineFrame {
  readonly events: readonly TimelineEvent[]
  readonly headSeq: number
}

/** What a stream yields: frames, and at most one failure as its last word. A throw would end the socket that all users share. */
export type FollowerOutput = { readonly frame: TimelineFrame } | { readonly failure: unknown }

export interface FollowerOptions {
  /** The highest seq that the client has. */
  readonly after: number
  readonly read: (after: number, limit: number) => Promise<readonly TimelineEvent[]>
  /** The highest seq that this process knows of. */
  readonly knownHead: () => number
  /** True for the event after which this stream may show no more; the event itself is still shown. */
  readonly isLast: (event: TimelineEvent) => boolean
  /** Asked again every heartbeat, on a busy stream too: a rejection ends it (an expired token, a lost membership). */
  readonly assertAllowed: () => Promise<void>
  readonly heartbeatMs: number
  readonly onClose: () => void
}

const pageSize = 100
/** What a slow consumer may keep waiting in memory; beyond it the log is its buffer. */
const maxQueued = 1_000

/**
 * One stream over one conversation: subscribe first, read the log after the cursor, drop what overlaps, fill holes from the
 * log. The cursor moves by one event at a time without exception, so every event arrives exactly once and in order whatever
 * the hints do. An iterator by hand: a generator that waits cannot be ended from outside.
 */
export class Follower implements AsyncIterableIterator<FollowerOutput> {
  #cursor: number
  /** Hinted events that follow the cursor without a hole. */
  #queue: TimelineEvent[] = []
  /** The log has, or may have, events that the queue lacks. */
  #behind = true
  #first = true
  #allowedAt = performance.now()
  #closed = false
  #wake: (() => void) | undefined

  constructor(private readonly options: FollowerOptions) {
    this.#cursor = options.after
  }

  /** A hint: in any order, any number of times, or never. */
  push(event: TimelineEvent): void {
    const expected = this.#cursor + this.#queue.length + 1
    if (event.seq < expected) return
    if (event.seq > expected || this.#queue.length >= maxQueued) this.#behind = true
    else this.#queue.push(event)
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<FollowerOutput>> {
    try {
      while (!this.#closed) {
        if (performance.now() - this.#allowedAt >= this.options.heartbeatMs) await this.#recheck()
        const events = await this.#advance()
        // Closed while the log was read: nobody listens any more.
        if (this.#isClosed()) break
        if (events.length > 0 || this.#first) return this.#yield(events)
        if (!(await this.#wait())) continue
        await this.#recheck()
        return this.#yield([])
      }
      return { done: true, value: undefined }
    } catch (failure) {
      this.#close()
      return { done: false, value: { failure } }
    }
  }

  return(): Promise<IteratorResult<FollowerOutput>> {
    this.#close()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #recheck(): Promise<void> {
    await this.options.assertAllowed()
    this.#allowedAt = performance.now()
  }

  #yield(events: readonly TimelineEvent[]): IteratorResult<FollowerOutput> {
    this.#first = false
    const end = events.findIndex(this.options.isLast)
    if (end >= 0) this.#close()
    const shown = end >= 0 ? events.slice(0, end + 1) : events
    return {
      done: false,
      value: { frame: { events: shown, headSeq: Math.max(this.#cursor, this.options.knownHead()) } },
    }
  }

  /** The next events after the cursor: from the queue when it has them, else from the log. */
  async #advance(): Promise<readonly TimelineEvent[]> {
    if (this.#queue.length > 0) return this.#take(this.#queue.splice(0, pageSize))
    if (!this.#behind) return []
    // Lowered before the read: a hole that a hint shows meanwhile raises it again.
    this.#behind = false
    const page = await this.options.read(this.#cursor, pageSize)
    if (page.length === pageSize) this.#behind = true
    const taken = this.#take(page)
    this.#queue = this.#queue.filter((event) => event.seq > this.#cursor)
    if (this.#queue[0] !== undefined && this.#queue[0].seq !== this.#cursor + 1) {
      this.#queue = []
      this.#behind = true
    }
    return taken
  }

  #take(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
    this.#cursor = events.at(-1)?.seq ?? this.#cursor
    return events
  }

  /** Resolves with true when the heartbeat is due, with false when there may be something to do. */
  async #wait(): Promise<boolean> {
    if (this.#queue.length > 0 || this.#behind || this.#closed) return false
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), this.options.heartbeatMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve(false)
      }
    }).finally(() => (this.#wake = undefined)) as Promise<boolean>
  }

  /** Asked anew: the compiler does not see that it may change during an await. */
  #isClosed(): boolean {
    return this.#closed
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.options.onClose()
    this.#wake?.()
  }
}
