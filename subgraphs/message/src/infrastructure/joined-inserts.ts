import { setImmediate as turn } from 'node:timers/promises'

/** What an ordered insert did with some rows. */
export interface Inserted {
  /** The number of rows before the first one that was refused. */
  readonly accepted: number
  /** Why that one was refused; null when none was. */
  readonly refusal: Error | null
}

interface Part<Row> {
  readonly rows: readonly Row[]
  readonly resolve: (inserted: Inserted) => void
  readonly reject: (error: unknown) => void
}

/**
 * Parts that arrive during an insert go into the next one together: a durable insert costs about the same for one row
 * and for many. Within the insert the parts keep their order and stay whole, and `insert` stops at the first row that is
 * refused, so no part can get a gap. The parts after the refused row were not tried: they are the first of the next
 * insert. When `insert` rejects, the outcome is unknown and all of its parts are rejected.
 */
export class JoinedInserts<Row> {
  #waiting: Part<Row>[] = []
  #isInserting = false

  constructor(
    private readonly maxRows: number,
    private readonly insert: (rows: readonly Row[]) => Promise<Inserted>,
  ) {}

  /** Resolves with what became of these rows, of which there is at least one. */
  add(rows: readonly Row[]): Promise<Inserted> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, resolve, reject })
      if (!this.#isInserting) void this.#drain()
    })
  }

  async #drain(): Promise<void> {
    this.#isInserting = true
    do {
      // Whoever arrives in the same turn of the event loop comes along.
      await turn()
      const parts = this.#take()
      try {
        const inserted = await this.insert(parts.flatMap(({ rows }) => rows))
        this.#waiting.unshift(...settle(parts, inserted))
      } catch (error) {
        for (const { reject } of parts) reject(error)
      }
    } while (this.#waiting.length > 0)
    this.#isInserting = false
  }

  /** As many as one insert may have, and at least one. */
  #take(): readonly Part<Row>[] {
    let rows = 0
    const end = this.#waiting.findIndex((part, index) => (rows += part.rows.length) > this.maxRows && index > 0)
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end)
  }
}

/** Tells each part what became of it; returns those that were not tried. */
function settle<Row>(parts: readonly Part<Row>[], { accepted, refusal }: Inserted): readonly Part<Row>[] {
  let left = accepted
  for (const [index, { rows, resolve }] of parts.entries()) {
    if (left < rows.length && refusal !== null) {
      resolve({ accepted: left, refusal })
      return parts.slice(index + 1)
    }
    resolve({ accepted: rows.length, refusal: null })
    left -= rows.length
  }
  return []
}
