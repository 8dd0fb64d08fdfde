import type { LineEvent } from './events'

/**
 * Lines without a gap, ascending. Immutable; appending shares the storage of the previous value, so that it costs only
 * the new lines.
 */
export class Lines {
  static readonly none = new Lines([], 0)

  #array: readonly LineEvent[] | null = null

  private constructor(
    /** May be longer than this value: the rest belongs to values made from it. */
    private readonly storage: LineEvent[],
    private readonly length: number,
  ) {}

  static of(events: readonly LineEvent[]): Lines {
    return events.length === 0 ? Lines.none : new Lines([...events], events.length)
  }

  /** The number of the first line; 0 when it is empty. */
  get first(): number {
    return this.length === 0 ? 0 : (this.storage[0]?.line ?? 0)
  }

  /** The number of the last line; 0 when it is empty. */
  get last(): number {
    return this.length === 0 ? 0 : this.first + this.length - 1
  }

  at(line: number): LineEvent | undefined {
    const index = line - this.first
    return index < this.length ? this.storage[index] : undefined
  }

  append(event: LineEvent): Lines {
    const isNewest = this.length > 0 && this.storage.length === this.length
    const storage = isNewest ? this.storage : this.storage.slice(0, this.length)
    storage.push(event)
    return new Lines(storage, this.length + 1)
  }

  prepend(events: readonly LineEvent[]): Lines {
    return Lines.of([...events, ...this.toArray()])
  }

  /** A new value with this event in its line. */
  replace(event: LineEvent): Lines {
    return Lines.of(this.toArray().map((held) => (held.line === event.line ? event : held)))
  }

  toArray(): readonly LineEvent[] {
    this.#array ??= this.storage.slice(0, this.length)
    return this.#array
  }
}
