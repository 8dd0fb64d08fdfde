const keyOf = (viewerId: string) => `parley:told:${viewerId}`
/** Enough for what tabs may still hear late. */
const most = 200

/** Up to which message of each conversation this device has told the viewer: the tabs share it, under a lock. */
export class Told {
  readonly #key: string
  /** Where the device keeps nothing, each tab tells by itself. */
  #seqs: ReadonlyMap<string, number> = new Map()

  constructor(viewerId: string) {
    this.#key = keyOf(viewerId)
  }

  read(): ReadonlyMap<string, number> {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]')
      if (Array.isArray(kept)) this.#seqs = new Map(kept.filter(isSeq))
    } catch {
      // What this tab knows.
    }
    return this.#seqs
  }

  add(told: readonly { readonly conversationId: string; readonly seq: number }[]): void {
    const seqs = new Map(this.#seqs)
    for (const { conversationId, seq } of told) {
      const known = seqs.get(conversationId) ?? 0
      // The latest ones last.
      seqs.delete(conversationId)
      seqs.set(conversationId, Math.max(seq, known))
    }
    this.#seqs = new Map([...seqs].slice(-most))
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#seqs]))
    } catch {
      // This tab knows.
    }
  }

  clear(): void {
    try {
      localStorage.removeItem(this.#key)
    } catch {
      // There was nothing.
    }
  }
}

const isSeq = (pair: unknown): pair is [string, number] =>
  Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number'
