import { backoff } from '../../../lib/backoff'
import { Store } from '../../../lib/store'
import { keptConversations } from './timeline-stores'

/** Whether a message is marked. Of two, that of the higher version counts, or the later one. */
export interface Mark {
  readonly id: string
  readonly version: number
  readonly isMarked: boolean
}

export type MarkedState = Pick<Mark, 'id' | 'version'>

/** What is known of a conversation. */
interface Known {
  /** How many parts of the screen show it. */
  shownBy: number
  /** `expected`: an answer is on the way. `told`: it is there, and what changes is heard. */
  state: 'unknown' | 'expected' | 'told'
  toldAt: number
  marks: Map<string, Mark>
  /** What was heard since the last question, which its answer may lack. */
  since: Mark[]
  failures: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/** What was told so short a time ago, in milliseconds, is not asked for again when the first connection is there. */
const fresh = 3_000

const none: ReadonlySet<string> = new Set()

/** The ids of the marked messages of conversations: asked for when one is opened, then heard. */
export class MarkStore extends Store<ReadonlyMap<string, ReadonlySet<string>>> {
  /** In the order of their opening. */
  readonly #known = new Map<string, Known>()

  /** `ask` resolves with null for a conversation that cannot be read now. */
  constructor(private readonly ask: (conversationId: string) => Promise<readonly MarkedState[] | null>) {
    super(new Map())
  }

  of(conversationId: string): ReadonlySet<string> {
    return this.get().get(conversationId) ?? none
  }

  /**
   * Asks, again and again until there is an answer, unless one is expected. Returns what to call when it is not shown
   * any more.
   */
  open(conversationId: string): () => void {
    const known = this.#of(conversationId)
    known.shownBy += 1
    this.#known.delete(conversationId)
    this.#known.set(conversationId, known)
    // The conversation itself is opened in the same moment, and its answer has them as well.
    queueMicrotask(() => {
      if (known.state === 'unknown' && known.shownBy > 0) void this.#load(conversationId)
    })
    return () => {
      known.shownBy -= 1
      if (known.shownBy > 0) return
      clearTimeout(known.timer)
      known.state = 'unknown'
      this.#evict()
    }
  }

  /** Another question is asked whose answer has them. Returns what to call with them; with null when it has not. */
  expect(conversationId: string): (listed: readonly MarkedState[] | null) => void {
    const known = this.#of(conversationId)
    clearTimeout(known.timer)
    const since: Mark[] = []
    known.since = since
    known.state = 'expected'
    return (listed) => {
      if (known.since === since && this.#known.get(conversationId) === known) this.#take(conversationId, known, listed)
    }
  }

  /** After a time in which changes were not heard. */
  reload(): void {
    for (const [id, { shownBy }] of this.#known) if (shownBy > 0) void this.#load(id)
  }

  /** The connection is there, for the first time or again. */
  connected(): void {
    for (const [id, { shownBy, state, toldAt }] of this.#known) {
      const isFresh = state === 'expected' || (state === 'told' && Date.now() - toldAt < fresh)
      if (shownBy > 0 && !isFresh) void this.#load(id)
    }
  }

  #of(conversationId: string): Known {
    const known = this.#known.get(conversationId) ?? {
      shownBy: 0,
      state: 'unknown',
      toldAt: 0,
      marks: new Map<string, Mark>(),
      since: [],
      failures: 0,
      timer: undefined,
    }
    this.#known.set(conversationId, known)
    return known
  }

  protected take(conversationId: string, mark: Mark): void {
    const known = this.#known.get(conversationId)
    if (known === undefined) return
    known.since.push(mark)
    put(known.marks, mark)
    this.#show(conversationId, known)
  }

  async #load(conversationId: string): Promise<void> {
    const tell = this.expect(conversationId)
    tell(await this.ask(conversationId))
  }

  #take(conversationId: string, known: Known, listed: readonly MarkedState[] | null): void {
    if (listed === null) {
      known.state = 'unknown'
      const wait = backoff(known.failures++)
      if (known.shownBy > 0) known.timer = setTimeout(() => void this.#load(conversationId), wait)
      return
    }
    known.failures = 0
    known.state = 'told'
    known.toldAt = Date.now()
    known.marks = new Map()
    for (const mark of [...listed.map((one) => ({ ...one, isMarked: true })), ...known.since]) put(known.marks, mark)
    this.#show(conversationId, known)
  }

  #show(conversationId: string, { marks }: Known): void {
    const ids = [...marks.values()].flatMap(({ id, isMarked }) => (isMarked ? [id] : []))
    this.set(new Map(this.get()).set(conversationId, new Set(ids)))
  }

  /** As many stay as conversations do. */
  #evict(): void {
    const left = new Map(this.get())
    for (const [id, { shownBy }] of this.#known) {
      if (this.#known.size <= keptConversations) break
      if (shownBy === 0) {
        this.#known.delete(id)
        left.delete(id)
      }
    }
    if (left.size < this.get().size) this.set(left)
  }
}

function put(marks: Map<string, Mark>, next: Mark): void {
  if (next.version >= (marks.get(next.id)?.version ?? 0)) marks.set(next.id, next)
}
