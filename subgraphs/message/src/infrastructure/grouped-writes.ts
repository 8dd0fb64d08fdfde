interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Items that arrive for one key during a write for that key are combined into the next write. `write` returns one
 * result per item, in order; its rejection rejects all items of the group.
 */
export class GroupedWrites<Key, Item, Result> {
  readonly #waiting = new Map<Key, Waiting<Item, Result>[]>()

  constructor(
    private readonly maxGroup: number,
    private readonly write: (key: Key, items: readonly Item[]) => Promise<readonly Result[]>,
  ) {}

  add(key: Key, item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(key)
      const mine = { item, resolve, reject }
      if (waiting !== undefined) {
        waiting.push(mine)
        return
      }
      this.#waiting.set(key, [mine])
      void this.#drain(key)
    })
  }

  async #drain(key: Key): Promise<void> {
    for (;;) {
      const waiting = this.#waiting.get(key) ?? []
      const group = waiting.splice(0, this.maxGroup)
      if (group.length === 0) break
      await this.#writeGroup(key, group)
    }
    this.#waiting.delete(key)
  }

  async #writeGroup(key: Key, group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.write(
        key,
        group.map(({ item }) => item),
      )
      group.forEach((waiting, index) => {
        const result = results[index]
        if (result === undefined) waiting.reject(new Error('The write answered for fewer items than it was given'))
        else waiting.resolve(result)
      })
    } catch (error) {
      for (const waiting of group) waiting.reject(error)
    }
  }
}
