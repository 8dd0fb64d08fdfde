/** A line, and the revision of the read position that this device knew when it was seen. */
export interface Seen {
  readonly line: number
  /** Undefined while it is not known. */
  readonly revision: number | undefined
}

interface Ports {
  /** Of the read position, as far as this device knows now. */
  revision(): number | undefined
  /** Whether the server has taken it. */
  tell(seen: Seen): Promise<boolean>
}

const pause = 250
/** While one reads on it is told so often, in milliseconds. */
const interval = 750

/**
 * Tells the server how far a list has been read. What is told again, however late, is told in the revision in which it
 * was seen, so that it does not take back what was marked as unread on another device since.
 */
export class ReadTeller {
  #seen: Seen | null = null
  #told: Seen | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #toldAt = -interval

  constructor(private readonly ports: Ports) {}

  /** The line was shown in a visible window, with all before it. */
  see(line: number): void {
    if (this.#seen === null || line > this.#seen.line) this.#seen = { line, revision: this.ports.revision() }
    this.retry()
  }

  /** Nobody looks any more: when they do again, it is seen anew. */
  lookAway(): void {
    this.leave()
    this.#seen = null
  }

  /** Tells what was not told, in a moment. */
  retry(): void {
    if (this.#timer !== undefined || !this.#isUntold()) return
    const wait = Math.max(pause, this.#toldAt + interval - Date.now())
    this.#timer = setTimeout(() => this.#tell(), wait)
  }

  /** A user who leaves during the pause has read it as well. */
  leave(): void {
    if (this.#timer !== undefined) this.#tell()
    this.#stop()
  }

  #isUntold(): boolean {
    const [seen, told] = [this.#seen, this.#told]
    if (seen === null || seen.line === 0) return false
    return told === null || seen.line > told.line || (seen.revision ?? 0) > (told.revision ?? 0)
  }

  #tell(): void {
    this.#stop()
    const seen = this.#seen
    if (seen === null) return
    this.#told = seen
    this.#toldAt = Date.now()
    // Told again with the next line or the next connection.
    const forget = () => {
      if (this.#told === seen) this.#told = null
    }
    this.ports.tell(seen).then((isTold) => {
      if (!isTold) forget()
    }, forget)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
