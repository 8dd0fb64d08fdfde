import { Store } from '../store'

/** 0 is the yellow one, 1 to 5 go from light to dark. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5

export interface EmojiChoices {
  readonly tone: SkinTone
  /** The last ones that were used, the newest first, as they were sent. */
  readonly recent: readonly string[]
}

export const maxRecent = 27
const none: EmojiChoices = { tone: 0, recent: [] }
const keyOf = (viewerId: string): string => `parley:emoji:${viewerId}`

/** The skin tone and the recent emoji of a user, on this device. */
export class EmojiChoicesStore extends Store<EmojiChoices> {
  constructor(
    private readonly key: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>,
  ) {
    super(stored(storage.getItem(key)))
  }

  use(emoji: string): void {
    const { recent, tone } = this.get()
    this.#keep({ tone, recent: [emoji, ...recent.filter((other) => other !== emoji)].slice(0, maxRecent) })
  }

  choose(tone: SkinTone): void {
    this.#keep({ ...this.get(), tone })
  }

  #keep(choices: EmojiChoices): void {
    this.set(choices)
    try {
      this.storage.setItem(this.key, JSON.stringify(choices))
    } catch {
      // If the storage is full they are not stored, but stay in memory.
    }
  }
}

function stored(text: string | null): EmojiChoices {
  try {
    const { tone, recent } = JSON.parse(text ?? '{}') as Partial<EmojiChoices>
    return {
      tone: [1, 2, 3, 4, 5].includes(tone ?? 0) ? (tone as SkinTone) : 0,
      recent: Array.isArray(recent) ? recent.filter((one) => typeof one === 'string').slice(0, maxRecent) : [],
    }
  } catch {
    return none
  }
}

const stores = new Map<string, EmojiChoicesStore>()

export function emojiChoicesOf(viewerId: string): EmojiChoicesStore {
  const store = stores.get(viewerId) ?? new EmojiChoicesStore(keyOf(viewerId), localStorage)
  stores.set(viewerId, store)
  return store
}

/** Deletes them on a shared device. */
export function clearEmojiChoices(viewerId: string): void {
  stores.delete(viewerId)
  localStorage.removeItem(keyOf(viewerId))
}
