import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'

/** What one live stream shows. The source says what there is to send, LiveStream when. */
export interface LiveSource<Frame> {
  /** Called once, first. `wake` says from then on that there may be something to take; a wake too many does no harm. */
  open(wake: () => void): void
  /** The next frame, or null when there is nothing to send now. Called again after every frame and every wake. */
  take(): Promise<Frame | null>
  /** A frame in any case: the first one when there is nothing to take, and the sign of life of a quiet stream. */
  heartbeat(): Promise<Frame>
  /** True once the frame that was just made is the last one that the viewer may see. */
  readonly isOver: boolean
  /** Called once, however the stream ended. */
  close(): void
}

export interface LiveStreamOptions {
  /** A quiet stream sends a frame this often, and every stream asks this often, busy or not, whether it may go on. */
  readonly heartbeatMs: number
  /** Seconds since the epoch: the stream ends with the token that opened it. */
  readonly expiresAt: number
  /** Rejects when the viewer may follow no more; the rejection is the stream's error. */
  readonly assertAllowed: () => Promise<void>
  /** At least this long between two frames, so that a source can put many changes into one. Default 0. */
  readonly pauseMs?: number
}

const done = { done: true, value: undefined } as const

/**
 * The one implementation of a subscription's iterator: waits for a wake or the heartbeat, re-authorises, ends at the expiry of the
 * token, and fails by throwing. Written by hand, because a generator that waits cannot be ended by `return()` (decision 3). Node
 * keeps all timers of one length in one list, so a timer for each waiting stream costs no more than a shared one would.
 */
export class LiveStream<Frame> implements AsyncIterableIterator<Frame, undefined> {
  #isWoken = false
  #isClosed = false
  #isFirst = true
  #sentAt = -Infinity
  #allowedAt = performance.now()
  #endWait: (() => void) | undefined

  constructor(
    private readonly source: LiveSource<Frame>,
    private readonly options: LiveStreamOptions,
    private readonly onClose: () => void = () => undefined,
  ) {
    source.open(() => this.#wake())
  }

  async next(): Promise<IteratorResult<Frame, undefined>> {
    try {
      while (!this.#isClosed) {
        const frame = await this.#take()
        // Closed while the source was asked: there is no subscriber any more.
        if (this.#hasClosed()) break
        if (frame !== null) return this.#send(frame)
        if (!this.#isWoken) await this.#wait(this.#msUntilDue(), true)
      }
      return done
    } catch (error) {
      if (this.#isClosed) return done
      this.#close()
      throw error
    }
  }

  return(): Promise<IteratorResult<Frame, undefined>> {
    this.#close()
    return Promise.resolve(done)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #take(): Promise<Frame | null> {
    const pauseMs = this.#sentAt + (this.options.pauseMs ?? 0) - performance.now()
    if (pauseMs > 0) await this.#wait(pauseMs, false)
    await this.#assertAllowed()
    // Lowered before the source is asked: a wake that comes meanwhile counts.
    this.#isWoken = false
    return (await this.source.take()) ?? (this.#isFirst || this.#msUntilDue() <= 0 ? this.source.heartbeat() : null)
  }

  #send(frame: Frame): IteratorResult<Frame, undefined> {
    this.#isFirst = false
    this.#sentAt = performance.now()
    if (this.source.isOver) this.#close()
    return { done: false, value: frame }
  }

  async #assertAllowed(): Promise<void> {
    if (Date.now() >= this.options.expiresAt * 1_000)
      throw new DomainError('auth', 'UNAUTHENTICATED', 'Your sign-in has expired. Sign in again to continue.')
    if (performance.now() - this.#allowedAt < this.options.heartbeatMs) return
    await this.options.assertAllowed()
    this.#allowedAt = performance.now()
  }

  #msUntilDue(): number {
    return this.#sentAt + this.options.heartbeatMs - performance.now()
  }

  /** Until a wake if it may end by one, until the stream is closed or its token expires, and at most so long. */
  async #wait(ms: number, endsByWake: boolean): Promise<void> {
    if (this.#isClosed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, this.options.expiresAt * 1_000 - Date.now()))
      this.#endWait = () => {
        if (!endsByWake && !this.#isClosed) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.#endWait = undefined
  }

  #wake(): void {
    this.#isWoken = true
    this.#endWait?.()
  }

  /** Asked anew: the compiler does not see that it may change during an await. */
  #hasClosed(): boolean {
    return this.#isClosed
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.source.close()
    this.onClose()
    this.#endWait?.()
  }
}

/** Opens the live streams of a service, and ends those that are open when it stops. */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  readonly #open = new Set<LiveStream<unknown>>()

  open<Frame>(source: LiveSource<Frame>, options: LiveStreamOptions): LiveStream<Frame> {
    const stream: LiveStream<Frame> = new LiveStream(source, options, () => this.#open.delete(stream))
    this.#open.add(stream)
    return stream
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.return()))
  }
}
