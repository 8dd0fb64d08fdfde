/** What happens to tasks that cannot run at once. */
export interface WaitingRoom {
  /** At most this many tasks wait, and none longer than `patienceMs`. */
  readonly places: number
  readonly patienceMs: number
  /** The error of all other tasks, before they start: better for the caller than to reach its deadline. */
  readonly refusal: () => Error
}

/**
 * Runs at most `width` tasks at one time. The rest wait in order of arrival: all of them, unless a waiting room limits
 * them.
 */
export class Semaphore {
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly width: number,
    private readonly room?: WaitingRoom,
  ) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.width) this.#running += 1
    else await this.#wait()
    try {
      return await task()
    } finally {
      this.#leave()
    }
  }

  #wait(): Promise<void> {
    const { room } = this
    if (room === undefined) return new Promise((enter) => this.#waiting.push(enter))
    if (this.#waiting.length >= room.places) return Promise.reject(room.refusal())
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(room.refusal())
      }, room.patienceMs)
      this.#waiting.push(enter)
    })
  }

  /** Passes the place to the longest waiting task, so that no later task can take it in between. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }
}
