/** Numbers from a seed (mulberry32): the same seed makes the same choices in the same order, on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 ≤ number < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** An integer, 0 ≤ integer < below. */
  below(below: number): number {
    return Math.floor(this.next() * below)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** Throws for an empty list. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new Error('Nothing to pick from')
    return items[this.below(items.length)] as Item
  }

  /** Undefined for an empty list. */
  pickIfAny<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : this.pick(items)
  }

  /** Each as often as its share says. */
  pickByShare<Item extends { readonly share: number }>(items: readonly Item[]): Item {
    let left = this.next() * items.reduce((sum, { share }) => sum + share, 0)
    const found = items.find(({ share }) => (left -= share) < 0) ?? items.at(-1)
    if (found === undefined) throw new Error('Nothing to pick from')
    return found
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ item }) => item)
  }

  /** Independent of how many numbers are taken here afterwards. */
  fork(): Random {
    return new Random(this.below(2 ** 32))
  }
}
