import type { Frame } from './frame'

/** A frame that brought its stream from one position to the next. */
export interface Step extends Frame {
  readonly from: number
}

/** The object and its place in the lists. */
const overheadBytes = 200

const sizeOf = ({ result }: Step): number => result.size + overheadBytes

/** What the rings of all streams hold together; the oldest step of all goes first. */
export class RingBudget {
  /** In the order of their arrival. */
  readonly #steps = new Map<Step, Ring>()
  #bytes = 0

  constructor(private readonly limitBytes: number) {}

  get bytes(): number {
    return this.#bytes
  }

  add(step: Step, ring: Ring): void {
    this.#steps.set(step, ring)
    this.#bytes += sizeOf(step)
    for (const [, oldest] of this.#steps) {
      if (this.#bytes <= this.limitBytes) return
      oldest.dropOldest()
    }
  }

  remove(step: Step): void {
    if (this.#steps.delete(step)) this.#bytes -= sizeOf(step)
  }
}

/** The last steps of one stream, without a gap: each begins where the one before ends. */
export class Ring {
  #steps: Step[] = []
  #bytes = 0

  constructor(
    private readonly limits: { readonly frames: number; readonly bytes: number },
    private readonly budget: RingBudget,
  ) {}

  get length(): number {
    return this.#steps.length
  }

  push(step: Step): void {
    this.#steps.push(step)
    this.#bytes += sizeOf(step)
    this.budget.add(step, this)
    while (this.#steps.length > this.limits.frames || this.#bytes > this.limits.bytes) this.dropOldest()
  }

  dropOldest(): void {
    const step = this.#steps.shift()
    if (step === undefined) return
    this.#bytes -= sizeOf(step)
    this.budget.remove(step)
  }

  clear(): void {
    for (const step of this.#steps) this.budget.remove(step)
    this.#steps = []
    this.#bytes = 0
  }

  /** All steps after a position, or null when no step begins there. */
  after(position: number): readonly Step[] | null {
    let low = 0
    let high = this.#steps.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#steps[middle]?.from ?? 0) < position) low = middle + 1
      else high = middle
    }
    return this.#steps[low]?.from === position ? this.#steps.slice(low) : null
  }
}
