const attempts = 3

/** How often a frame of a stream may be tried again: it may well be nobody's to see. */
export class Repeats {
  #furthest = -1
  #count = 0

  /** Whether the frame with this position may be tried once more. */
  take(position: number): boolean {
    if (position > this.#furthest) {
      this.#furthest = position
      this.#count = 0
    }
    return ++this.#count < attempts
  }
}
