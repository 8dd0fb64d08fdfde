/** The server forgets a signal after 6 s. */
const everyMs = 3_000

/** Tells that one types: at most once in 3 s while the text changes, and once when that is over. */
export class TypingSignal {
  #toldAt = -Infinity
  #isTold = false

  constructor(
    private readonly tell: (isTyping: boolean) => void,
    private readonly now = (): number => performance.now(),
  ) {}

  /** The text that stands there after a change of it. */
  changed(text: string): void {
    if (text.trim() === '') {
      this.stop()
      return
    }
    if (this.now() - this.#toldAt < everyMs) return
    this.#toldAt = this.now()
    this.#isTold = true
    this.tell(true)
  }

  stop(): void {
    if (!this.#isTold) return
    this.#isTold = false
    this.tell(false)
  }
}
