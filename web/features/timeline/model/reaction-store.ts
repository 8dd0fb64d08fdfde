import { backoff } from '../../../lib/backoff'
import { Store } from '../../../lib/store'
import type { Message, TimelineEvent } from './events'
import { type ReactionWish, shownReactions } from './reactions'

export type ReactionOutcome =
  /** Without an event the message was like that before, which the timeline may not know yet. */
  | { readonly kind: 'done'; readonly event: TimelineEvent | null; readonly message: Message | null }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Unknown outcome: a retry with the same clientId is safe. */
  | { readonly kind: 'unknown' }

/** Stores unconfirmed wishes beyond the tab. */
export interface WishStorage {
  load(): Promise<readonly ReactionWish[]>
  save(wish: ReactionWish): Promise<void>
  remove(wish: ReactionWish): Promise<void>
}

export interface ReactionPorts {
  readonly viewerId: string
  readonly storage: WishStorage
  readonly send: (wish: ReactionWish) => Promise<ReactionOutcome>
  readonly done: (conversationId: string, event: TimelineEvent) => void
  /** The message as it is now, without an event that made it so. */
  readonly learned: (message: Message) => void
  readonly newId: () => string
}

/** What is not in the timeline yet, for one message. */
export interface MessageWishes {
  readonly wishes: readonly ReactionWish[]
  /** Why the last one was refused, as a sentence for the viewer. */
  readonly problem: string | null
}

export const noWishes: MessageWishes = { wishes: [], problem: null }

const keyOf = ({ messageId, emoji }: ReactionWish): string => `${messageId} ${emoji}`

/**
 * The reactions that the viewer has added or removed and that the server has not confirmed, by message. Of each emoji only the
 * last wish counts; unanswered ones are repeated with the same clientId, also after a reload.
 */
export class ReactionStore extends Store<ReadonlyMap<string, MessageWishes>> {
  readonly #busy = new Set<string>()
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = true

  constructor(private readonly ports: ReactionPorts) {
    super(new Map())
  }

  /** Starts to send, with the wishes of an earlier tab. */
  async start(): Promise<void> {
    this.#closed = false
    for (const wish of await this.ports.storage.load()) if (this.#current(wish) === undefined) this.#put(wish)
    this.wake()
  }

  /** Adds a reaction of the viewer; one that they have added already stays. */
  add(message: Message, emoji: string): void {
    if (!this.#isOwn(message, emoji)) this.#want(message, emoji, true)
  }

  /** Adds a reaction of the viewer, or removes it. */
  toggle(message: Message, emoji: string): void {
    this.#want(message, emoji, !this.#isOwn(message, emoji))
  }

  #isOwn({ id, reactions }: Message, emoji: string): boolean {
    const { wishes } = this.get().get(id) ?? noWishes
    return shownReactions(reactions, wishes, this.ports.viewerId).some((shown) => shown.emoji === emoji && shown.isOwn)
  }

  #want({ id: messageId, conversationId }: Message, emoji: string, isAdded: boolean): void {
    const wish = { conversationId, messageId, emoji, isAdded, clientId: this.ports.newId() }
    this.#put(wish)
    void this.ports.storage.save(wish)
    this.wake()
  }

  /** Sends waiting wishes now: the connection is back, or there is a new one. */
  wake(): void {
    clearTimeout(this.#timer)
    if (this.#closed) return
    for (const { wishes } of this.get().values())
      for (const wish of wishes) if (!this.#busy.has(keyOf(wish))) void this.#send(wish)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #send(wish: ReactionWish): Promise<void> {
    this.#busy.add(keyOf(wish))
    const outcome = await this.ports.send(wish)
    this.#busy.delete(keyOf(wish))
    if (outcome.kind === 'unknown') {
      clearTimeout(this.#timer)
      if (!this.#closed) this.#timer = setTimeout(() => this.wake(), backoff(this.#failures++))
      return
    }
    this.#failures = 0
    // The state first: the chip must not vanish in between.
    if (outcome.kind === 'done') this.#show(wish, outcome)
    if (this.#current(wish)?.clientId === wish.clientId) {
      this.#drop(wish, outcome.kind === 'refused' ? outcome.reason : null)
      void this.ports.storage.remove(wish)
    } else this.wake()
  }

  #show({ conversationId }: ReactionWish, { event, message }: Extract<ReactionOutcome, { kind: 'done' }>): void {
    if (event !== null) this.ports.done(conversationId, event)
    else if (message !== null) this.ports.learned(message)
  }

  #current(wish: ReactionWish): ReactionWish | undefined {
    return this.#of(wish).wishes.find(({ emoji }) => emoji === wish.emoji)
  }

  #of({ messageId }: ReactionWish): MessageWishes {
    return this.get().get(messageId) ?? noWishes
  }

  #put(wish: ReactionWish): void {
    const others = this.#of(wish).wishes.filter(({ emoji }) => emoji !== wish.emoji)
    this.#change(wish, { wishes: [...others, wish], problem: null })
  }

  #drop(wish: ReactionWish, problem: string | null): void {
    const { wishes } = this.#of(wish)
    this.#change(wish, { wishes: wishes.filter(({ emoji }) => emoji !== wish.emoji), problem })
  }

  #change({ messageId }: ReactionWish, next: MessageWishes): void {
    const all = new Map(this.get())
    if (next.wishes.length === 0 && next.problem === null) all.delete(messageId)
    else all.set(messageId, next)
    this.set(all)
  }
}
