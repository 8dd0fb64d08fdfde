interface Ports {
  /** Writes what is there now. */
  readonly keep: () => void
  /** How long changes are gathered. */
  readonly waitMs: number
}

/** Keeps something on the device that changes often: some time after a change, and before the page may be gone. */
export class Keeper {
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly ports: Ports) {}

  /** Something has changed. */
  note(): void {
    this.#timer ??= setTimeout(() => this.flush(), this.ports.waitMs)
  }

  /** Writes now what has changed. */
  flush(): void {
    if (this.#timer === undefined) return
    this.drop()
    this.ports.keep()
  }

  /** Nothing is to be written any more. */
  drop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

/** Calls back when the page is hidden: it may not come back. Returns how to stop. */
export function onHidden(callback: () => void): () => void {
  const heard = () => {
    if (document.visibilityState === 'hidden') callback()
  }
  document.addEventListener('visibilitychange', heard)
  return () => document.removeEventListener('visibilitychange', heard)
}
