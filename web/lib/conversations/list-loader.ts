import { Store } from '../store'

export interface ListPage<Edge> {
  readonly edges: readonly Edge[]
  /** The cursor of the next page; null after the last one. */
  readonly next: string | null
  /** A part of the answer is missing: it is shown, and loaded again. */
  readonly partial: boolean
}

export interface ListLoaderOptions<Edge> {
  /** Rejects when the page is not available. */
  readonly loadPage: (after: string | null) => Promise<ListPage<Edge>>
  /** Shows the list so far; `complete` when conversations of an earlier loading that are not in it can be removed. */
  readonly show: (edges: readonly Edge[], complete: boolean) => void
  /** Waits before a page is asked for, so that what is needed sooner goes first. */
  readonly breathe?: (after: string | null) => Promise<void>
  /** The wait after this many consecutive failures. */
  readonly pause: (failures: number) => number
}

/** `failed`: a page is not available at the moment; it is retried with back-off from where it stopped. */
export type ListStatus = 'loading' | 'complete' | 'failed'

/** Loads a list page by page and keeps the loaded pages: a page that fails does not affect the ones before it. */
export class ListLoader<Edge> extends Store<ListStatus> {
  #edges: readonly Edge[] = []
  #after: string | null = null
  #isPartial = false
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Answers of an earlier run are dropped. */
  #run = 0

  constructor(private readonly options: ListLoaderOptions<Edge>) {
    super('loading')
  }

  /** From the first page, while the shown list stays. */
  start(): void {
    this.#edges = []
    this.#after = null
    this.#isPartial = false
    this.set('loading')
    void this.#load(this.#begin())
  }

  /** All of it is known already. */
  skip(): void {
    this.stop()
    this.set('complete')
  }

  /** At once, from where it stopped. */
  retry(): void {
    void this.#load(this.#begin())
  }

  stop(): void {
    this.#begin()
  }

  #begin(): number {
    clearTimeout(this.#timer)
    this.#run += 1
    return this.#run
  }

  async #load(run: number): Promise<void> {
    const { loadPage, show, breathe } = this.options
    try {
      do {
        if (breathe !== undefined) await breathe(this.#after)
        if (run !== this.#run) return
        const { edges, next, partial } = await loadPage(this.#after)
        if (run !== this.#run) return
        this.#edges = [...this.#edges, ...edges]
        this.#after = next
        this.#isPartial ||= partial
        show(this.#edges, next === null)
      } while (this.#after !== null)
    } catch {
      if (run !== this.#run) return
      this.set('failed')
      this.#timer = setTimeout(() => this.retry(), this.options.pause(this.#failures++))
      return
    }
    this.set('complete')
    if (this.#isPartial) this.#timer = setTimeout(() => this.start(), this.options.pause(this.#failures++))
    else this.#failures = 0
  }
}
