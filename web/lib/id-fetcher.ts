import { backoff } from './backoff'

export interface IdFetcherOptions {
  /** Rejects when it is not available at the moment. */
  readonly fetch: (id: string) => Promise<void>
  readonly wait?: (ms: number) => Promise<void>
}

/** Fetches by id, one at a time, and retries each until it succeeds. */
export class IdFetcher {
  #wanted: readonly string[] = []
  #running: Promise<void> | null = null

  constructor(private readonly options: IdFetcherOptions) {}

  /** Nothing is being fetched. */
  get isIdle(): boolean {
    return this.#running === null
  }

  /** Resolves when no fetch is pending. An id that is requested again during its fetch is fetched again. */
  want(id: string): Promise<void> {
    if (!this.#wanted.includes(id)) this.#wanted = [...this.#wanted, id]
    this.#running ??= this.#fetchAll().finally(() => (this.#running = null))
    return this.#running
  }

  async #fetchAll(): Promise<void> {
    const { fetch, wait = sleep } = this.options
    let failures = 0
    for (let [id] = this.#wanted; id !== undefined; [id] = this.#wanted) {
      this.#wanted = this.#wanted.slice(1)
      try {
        await fetch(id)
        failures = 0
      } catch {
        this.#wanted = [id, ...this.#wanted.filter((other) => other !== id)]
        await wait(backoff(failures++))
      }
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
