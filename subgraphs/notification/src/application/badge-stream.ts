import { setTimeout as pause } from 'node:timers/promises'
import { DomainError } from '@parley/kernel/errors'
import type { ConversationId } from '@parley/kernel/ids'

export interface BadgeFrame {
  readonly unread: number
  /** What changed; null when none in particular: in the first frame, and when the count is put right. */
  readonly conversationId: ConversationId | null
}

/** What a stream yields: frames, and at most one failure as its last word. A throw would end the socket that all users share. */
export type BadgeOutput = { readonly frame: BadgeFrame } | { readonly failure: unknown }

export interface BadgeStreamOptions {
  /** Starts the hints; the result ends them. */
  readonly listen: (onChange: (conversationId: ConversationId) => void) => Promise<() => void>
  /** How long a count waits for the hints to start. */
  readonly listenMs: number
  readonly countUnread: () => Promise<number>
  /** Milliseconds since the epoch; the stream does not outlive the token that opened it. */
  readonly expiresAt: number
  /** At most one count in this time, however many hints come. */
  readonly pauseMs: number
  /** At least one count in this time, hints or not. */
  readonly recountMs: number
  readonly onClose: () => void
}

/** More conversations than these between two frames are not named one by one. */
const maxNamed = 1_000

/**
 * One person's badge, live: listen first, then count, and count again after hints. What a lost hint leaves wrong, the next count
 * puts right. An iterator by hand: a generator that waits cannot be ended from outside.
 */
export class BadgeStream implements AsyncIterableIterator<BadgeOutput, undefined> {
  readonly #changed = new Set<ConversationId>()
  #frames: BadgeFrame[] = []
  #shown: number | null = null
  #countedAt = 0
  #listening: Promise<void> | null = null
  #unlisten: (() => void) | null = null
  #closed = false
  #wake: (() => void) | undefined

  constructor(private readonly options: BadgeStreamOptions) {}

  async next(): Promise<IteratorResult<BadgeOutput, undefined>> {
    try {
      while (!this.#closed) {
        this.#assertAllowed()
        const frame = this.#frames.shift()
        if (frame !== undefined) return { done: false, value: { frame } }
        if (this.#shown === null || (await this.#isDue())) await this.#count()
      }
      return { done: true, value: undefined }
    } catch (failure) {
      this.#close()
      return { done: false, value: { failure } }
    }
  }

  return(): Promise<IteratorResult<BadgeOutput, undefined>> {
    this.#close()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #assertAllowed(): void {
    if (Date.now() >= this.options.expiresAt) {
      throw new DomainError('auth', 'UNAUTHENTICATED', 'Your sign-in has run out. Renew it to go on.')
    }
  }

  /** Waits for a reason to count; false when the wait ended for another one. */
  async #isDue(): Promise<boolean> {
    const since = performance.now() - this.#countedAt
    const due = (this.#changed.size > 0 ? this.options.pauseMs : this.options.recountMs) - since
    if (due <= 0) return true
    await this.#sleep(Math.min(due, this.options.expiresAt - Date.now()), this.#changed.size > 0)
    return false
  }

  async #count(): Promise<void> {
    await this.#listen()
    // Taken before the count: what changes meanwhile is counted again.
    const changed = [...this.#changed]
    this.#changed.clear()
    this.#countedAt = performance.now()
    const unread = await this.options.countUnread()
    const named = this.#shown === null || changed.length >= maxNamed ? [null, ...changed] : changed
    if (named.length > 0) this.#frames = named.map((conversationId) => ({ unread, conversationId }))
    else if (unread !== this.#shown) this.#frames = [{ unread, conversationId: null }]
    this.#shown = unread
  }

  /** Waits for the hints, but not for long: a count without them is better than none. They may still come. */
  async #listen(): Promise<void> {
    if (this.#unlisten !== null) return
    this.#listening ??= this.#startListening()
    await Promise.race([this.#listening, pause(this.options.listenMs, undefined, { ref: false })])
  }

  /** What failed is tried again with the next count. */
  async #startListening(): Promise<void> {
    try {
      this.#unlisten = await this.options.listen((conversationId) => this.#note(conversationId))
      if (this.#closed) this.#unlisten()
    } catch {
      this.#listening = null
    }
  }

  #note(conversationId: ConversationId): void {
    if (this.#changed.size < maxNamed) this.#changed.add(conversationId)
    this.#wake?.()
  }

  /** A pause is kept whatever comes; any other wait ends with the first change. */
  async #sleep(ms: number, pause: boolean): Promise<void> {
    if (this.#closed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms))
      this.#wake = () => {
        if (pause && !this.#closed) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#unlisten?.()
    this.#wake?.()
    this.options.onClose()
  }
}
