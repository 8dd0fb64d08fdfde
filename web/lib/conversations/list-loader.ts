import { Store } from '../store'

export interface ListPage<Edge> {
  readonly edges: readonly Edge[]
  /** Where the next page begins; null when this is the last one. */
  readonly next: string | null
  /** A part of the answer is missing: it is shown, and asked for again. */
  readonly partial: boolean
}

export interface ListLoaderOptions<Edge> {
  /** Rejects when the page cannot be had. */
  readonly loadPage: (after: string | null) => Promise<ListPage<Edge>>
  /** What is known so far; `complete` when nothing beyond it is left of an earlier loading. */
  readonly show: (edges: readonly Edge[], complete: boolean) => void
  /** How long to wait after so many failures in a row. */
  readonly pause: (failures: number) => number
}

/** `failed`: a page cannot be had at the moment; it is asked for again, ever more rarely, from where it stopped. */
export type ListStatus = 'loading' | 'complete' | 'failed'

/** Brings a list page by page and keeps what it has: a page that fails costs nothing that came before it. */
export class ListLoader<Edge> extends Store<ListStatus> {
  #edges: readonly Edge[] = []
  #after: string | null = null
  #isPartial = false
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Answers to an earlier run are dropped. */
  #run = 0

  constructor(private readonly options: ListLoaderOptions<Edge>) {
    super('loading')
  }

  /** From the first page, with what is shown left in place. */
  start(): void {
    this.#edges = []
    this.#after = null
    this.#isPartial = false
    this.set('loading')
    void this.#load(this.#begin())
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
    const { loadPage, show } = this.options
    try {
      do {
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
