export interface Count {
  readonly tries: number
  readonly remainingMs: number
}

/**
 * Counts attempts in this process, in windows that start with the first one: the limit while Redis cannot count for
 * all.
 */
export class LocalCounts {
  readonly #windows = new Map<string, { tries: number; readonly endsAt: number }>()

  /**
   * Beyond `capacity` names in one window the oldest is dropped: memory is bounded, and a caller with so many names is
   * slow anyway.
   */
  constructor(
    private readonly windowMs: number,
    private readonly capacity: number,
  ) {}

  count(name: string, now: number): Count {
    this.#forget(now)
    const window = this.#windows.get(name) ?? { tries: 0, endsAt: now + this.windowMs }
    window.tries += 1
    this.#windows.set(name, window)
    return { tries: window.tries, remainingMs: window.endsAt - now }
  }

  get size(): number {
    return this.#windows.size
  }

  /** Insertion order is the order of time, because all windows have one length. */
  #forget(now: number): void {
    for (const [name, { endsAt }] of this.#windows) {
      if (endsAt > now && this.#windows.size < this.capacity) return
      this.#windows.delete(name)
    }
  }
}
