/** A source of events for any number of listeners; each iterator ends with `return()`. */
export class Broadcast<Event> {
  readonly #listeners = new Set<(event: Event) => void>()

  get listeners(): number {
    return this.#listeners.size
  }

  send(event: Event): void {
    for (const listener of this.#listeners) listener(event)
  }

  iterate(first: readonly Event[] = []): AsyncIterableIterator<Event, undefined> {
    const queue = [...first]
    let wake: (() => void) | undefined
    let ended = false
    const listener = (event: Event): void => {
      queue.push(event)
      wake?.()
    }
    this.#listeners.add(listener)
    return {
      [Symbol.asyncIterator]() {
        return this
      },
      next: async () => {
        while (queue.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve))
        const event = queue.shift()
        return event === undefined ? { done: true, value: undefined } : { done: false, value: event }
      },
      return: async () => {
        ended = true
        this.#listeners.delete(listener)
        wake?.()
        return { done: true, value: undefined }
      },
    }
  }
}
