import { setTimeout as delay } from 'node:timers/promises'

export interface CircuitBreakerOptions {
  /** Sends the subgraph a minimal request; rejects when it does not answer before the signal aborts. */
  readonly probe: (signal: AbortSignal) => Promise<unknown>
  readonly onChange: (isOpen: boolean) => void
  /** How long a call may wait for an answer before the subgraph is probed. */
  readonly suspicionMs?: number
  /** How long a probe may take. */
  readonly probeMs?: number
}

const pauseMs = 250
/** A probe's time is counted in so many parts: see `ticking`. */
const parts = 15

/**
 * Saves callers the wait for a subgraph that hangs. One slow operation only raises a suspicion; a probe decides. While
 * the circuit is open, calls fail at once, and probes go on until one is answered. A subgraph that refuses connections
 * needs no breaker: calls to it fail at once anyway. The pings of upstream.ts are watched too, so a subgraph that hangs
 * is mostly detected before a call meets it.
 */
export class CircuitBreaker {
  readonly #stopped = new AbortController()
  readonly #waiting = new Set<() => void>()
  #isOpen = false
  #isProbing = false

  constructor(private readonly options: CircuitBreakerOptions) {}

  get isOpen(): boolean {
    return this.#isOpen
  }

  /**
   * Called when a call starts; call the result when it has been answered or given up. `giveUp` is called when the
   * subgraph is found to hang before that.
   */
  watch(giveUp: () => void = () => undefined): () => void {
    const waiting = (): void => giveUp()
    this.#waiting.add(waiting)
    const timer = setTimeout(() => void this.#suspect(), this.options.suspicionMs ?? 500)
    return () => {
      clearTimeout(timer)
      this.#waiting.delete(waiting)
    }
  }

  stop(): void {
    this.#stopped.abort()
  }

  async #suspect(): Promise<void> {
    if (this.#isProbing) return
    this.#isProbing = true
    while (await this.#hangs()) {
      this.#turn(true)
      await delay(pauseMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined)
    }
    this.#turn(false)
    this.#isProbing = false
  }

  async #hangs(): Promise<boolean> {
    if (this.#stopped.signal.aborted) return false
    const patience = new AbortController()
    const stop = ticking(this.options.probeMs ?? 1_500, () => patience.abort())
    try {
      await this.options.probe(AbortSignal.any([patience.signal, this.#stopped.signal]))
      return false
    } catch {
      return patience.signal.aborted
    } finally {
      stop()
    }
  }

  #turn(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return
    this.#isOpen = isOpen
    this.options.onChange(isOpen)
    if (!isOpen) return
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const giveUp of waiting) giveUp()
  }
}

/**
 * Calls back after a time in which this process could have read an answer; the result stops it. While its own event loop
 * stands still no more than a part of that time passes: the answer may be there, and nobody has looked.
 */
function ticking(ms: number, callBack: () => void): () => void {
  let left = parts
  const timer = setInterval(() => {
    left -= 1
    if (left === 0) callBack()
  }, ms / parts)
  return () => clearInterval(timer)
}
