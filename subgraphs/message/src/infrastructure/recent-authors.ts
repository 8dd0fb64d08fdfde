import { Injectable } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { EventDocument } from './documents'

const maxConversations = 2_000
const maxPositions = 2_000

/** Who wrote the message at a position; null for an event that is no message. */
type Author = string | null

/** The authors at the positions from `first` on, without a gap. */
interface Stretch {
  readonly first: number
  readonly authors: readonly Author[]
}

const nextAfter = ({ first, authors }: Stretch): number => first + authors.length

const part = ({ first, authors }: Stretch, from: number, to: number): Stretch => ({
  first: from,
  authors: authors.slice(from - first, to + 1 - first),
})

/**
 * Who wrote at the last positions of conversations. An event in the log never changes, so what was read once stays true for
 * every member: only the positions that are not known yet are read, always as a bounded range.
 */
@Injectable()
export class RecentAuthors {
  /** In the order of use, the latest last. */
  readonly #known = new Map<ConversationId, Stretch>()

  constructor(@InjectModel(EventDocument) private readonly events: Model<typeof EventDocument>) {}

  /** The authors at `from ≤ seq ≤ to`: positions that exist, as many as the caller wants to pay for. */
  async between(conversationId: ConversationId, from: number, to: number): Promise<readonly Author[]> {
    const known = this.#known.get(conversationId)
    const touches = known !== undefined && from <= nextAfter(known) && to >= known.first - 1
    const stretch = touches
      ? await this.#complete(conversationId, known, from, to)
      : await this.#read(conversationId, from, to)
    const wanted = part(stretch, from, to)
    this.#remember(conversationId, stretch.authors.length > maxPositions ? wanted : stretch)
    return wanted.authors
  }

  /** What is known, with what is missing at either end. */
  async #complete(conversationId: ConversationId, known: Stretch, from: number, to: number): Promise<Stretch> {
    const [before, after] = await Promise.all([
      this.#read(conversationId, from, known.first - 1),
      this.#read(conversationId, nextAfter(known), to),
    ])
    const authors = [...before.authors, ...known.authors, ...after.authors]
    return { first: Math.min(from, known.first), authors }
  }

  async #read(conversationId: ConversationId, from: number, to: number): Promise<Stretch> {
    if (to < from) return { first: from, authors: [] }
    const rows = await this.events
      .find({ conversationId, seq: { $gte: from, $lte: to } }, { seq: 1, type: 1, actorId: 1 })
      .lean()
    if (rows.length !== to + 1 - from) throw new Error(`The log of ${conversationId} lacks events of ${from} to ${to}`)
    const inOrder = rows.toSorted((one, other) => one.seq - other.seq)
    return { first: from, authors: inOrder.map(({ type, actorId }) => (type === 'MessageSent' ? actorId : null)) }
  }

  #remember(conversationId: ConversationId, stretch: Stretch): void {
    this.#known.delete(conversationId)
    const [oldest] = this.#known.keys()
    if (this.#known.size >= maxConversations && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(conversationId, stretch)
  }
}
