/** Random numbers from a seed, the same on every machine (mulberry32): the same input gives the same plan. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** An integer, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to + 1 - from))
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)]
    if (item === undefined) throw new Error('Nothing to pick from')
    return item
  }

  /** `count` different ones. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = [...items]
    return Array.from({ length: Math.min(count, left.length) }, () => {
      const index = this.between(0, left.length - 1)
      const [taken] = left.splice(index, 1)
      if (taken === undefined) throw new Error('Nothing to take')
      return taken
    })
  }

  /** A UUIDv7 for this time. */
  uuid(at: number): string {
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
    const time = hex(Math.floor(at), 12)
    const random = [hex(this.between(0, 0xfff), 3), hex(this.between(0x8000, 0xbfff), 4)]
    const node = hex(this.between(0, 2 ** 24 - 1), 6) + hex(this.between(0, 2 ** 24 - 1), 6)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random[0]}-${random[1]}-${node}`
  }
}
