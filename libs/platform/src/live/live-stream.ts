import { Injectable, type OnModuleDestroy } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'

/** The content of one live stream. The source decides what to send, LiveStream when. */
export interface LiveSource<Frame> {
  /**
   * Called once, first. From then on the source calls `wake` when there may be something to take; extra wakes are
   * harmless.
   */
  open(wake: () => void): void
  /** The next frame, or null when there is nothing to send now. Called again after every frame and every wake. */
  take(): Promise<Frame | null>
  /** Always a frame: the first one when there is nothing to take, and the heartbeat of a quiet stream. */
  heartbeat(): Promise<Frame>
  /** True when the last frame was the final one that the viewer may see. */
  readonly isOver: boolean
  /** Called once, however the stream ended. */
  close(): void
}

export interface LiveStreamOptions {
  /** A quiet stream sends a frame this often, and every stream, quiet or busy, is re-authorised this often. */
  readonly heartbeatMs: number
  /** Seconds since the epoch: the stream ends with the token that opened it. */
  readonly expiresAt: number
  /** Rejects when the viewer may no longer follow; the rejection becomes the stream's error. */
  readonly assertAllowed: () => Promise<void>
  /** The shortest time between two frames, so that a source can combine changes into one. Default 0. */
  readonly pauseMs?: number
}

const done = { done: true, value: undefined } as const

/**
 * The one implementation of a subscription's iterator: waits for a wake or the heartbeat, re-authorises, ends when the
 * token expires, and fails by throwing. Written by hand, because a generator that waits cannot be ended by `return()`
 * (decision 3). Node keeps all timers of one duration in one list, so a timer per stream is as cheap as a shared one.
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
        // Closed while the source was being read: there is no subscriber any more.
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
    // Reset before the source is read: a wake during the read counts.
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

  /** Waits at most this long: until a wake (if `endsByWake`), until the stream is closed or its token expires. */
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

  /** A method, because TypeScript assumes that the value does not change during the await. */
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

/** Opens the live streams of a service, and ends the open ones when it stops. */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  readonly #open = new Set<LiveStream<unknown>>()

  open<Frame>(source: LiveSource<Frame>, options: LiveStreamOptions): LiveStream<Frame> {
    const stream: LiveStream<Frame> = new LiveStream(source, options, () => this.#open.delete(stream))
    this.#open.add(stream)
    return stream
  }

  /** Opens one whose source has to begin first; it is closed when that fails. */
  async begin<Frame>(
    source: LiveSource<Frame>,
    options: LiveStreamOptions,
    begin: () => Promise<unknown>,
  ): Promise<LiveStream<Frame>> {
    const stream = this.open(source, options)
    try {
      await begin()
      return stream
    } catch (error) {
      await stream.return()
      throw error
    }
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => stream.return()))
  }
}
