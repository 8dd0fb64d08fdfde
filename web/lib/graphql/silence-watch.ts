/** The server is asked for a sign of life after this long without one; where nobody looks, seldom. */
const quietMs = { seen: 2_800, hidden: 10_000 }
/** It is said that the connection is lost when none has come after this long: with the calm of the banner 6 s in all. */
const doubtMs = 1_800
/** And the connection is given up after this long: a server that is busy for a moment must not lose everybody. */
const givenUpMs = 5_000

interface Ports {
  readonly ping: () => void
  /** Whether the connection is heard from. */
  readonly report: (isHeard: boolean) => void
  readonly giveUp: () => void
  readonly isHidden: () => boolean
}

/** Notices that a connection which the operating system still reports as open is dead. */
export class SilenceWatch {
  #heardAt = 0
  #pingedAt: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly ports: Ports) {}

  /** The connection is there. */
  start(): void {
    this.hear()
    this.#wait(this.#quiet)
  }

  /** Something has come. */
  hear(): void {
    this.#heardAt = Date.now()
    if (this.#pingedAt === null) return
    this.#pingedAt = null
    this.ports.report(true)
    this.#wait(this.#quiet)
  }

  /** Asks at once, unless something has just come: after a sleep nothing of before counts. */
  check(): void {
    if (this.#timer !== undefined) this.#look()
  }

  /** The connection is gone, and known to be. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#pingedAt = null
    this.ports.report(true)
  }

  get #quiet(): number {
    return this.ports.isHidden() ? quietMs.hidden : quietMs.seen
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(), milliseconds)
  }

  #look(): void {
    if (this.#pingedAt === null) this.#listen()
    else this.#doubt(Date.now() - this.#pingedAt)
  }

  #listen(): void {
    const left = this.#heardAt + this.#quiet - Date.now()
    if (left > 0) {
      this.#wait(left)
      return
    }
    this.#pingedAt = Date.now()
    this.ports.ping()
    this.#wait(doubtMs)
  }

  #doubt(waited: number): void {
    if (waited >= givenUpMs) {
      this.ports.giveUp()
      return
    }
    const isEarly = waited < doubtMs
    this.ports.report(isEarly)
    this.#wait((isEarly ? doubtMs : givenUpMs) - waited)
  }
}
