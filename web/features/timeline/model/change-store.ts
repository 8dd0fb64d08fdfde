import { backoff } from '../../../lib/backoff'
import { Store } from '../../../lib/store'
import {
  type Change,
  changedMessage,
  isMet,
  isPatient,
  type PendingChange,
  type PendingChanges,
  slotOf,
} from './changes'
import { type LineEvent, type Message, messageOf, type TimelineEvent } from './events'
import { isOwnReaction } from './reactions'

export type ChangeOutcome =
  /** Without an event the message was like that before, which the timeline may not know yet. */
  | { readonly kind: 'done'; readonly event: TimelineEvent | null; readonly message: Message | null }
  | { readonly kind: 'refused'; readonly reason: string }
  /** A retry with the same clientId is safe. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** Stores unanswered changes beyond the tab. */
export interface ChangeStorage {
  load(): Promise<readonly PendingChange[]>
  save(pending: PendingChange): Promise<void>
  remove(pending: PendingChange): Promise<void>
}

export interface ChangePorts {
  readonly viewerId: string
  readonly storage: ChangeStorage
  readonly send: (pending: PendingChange) => Promise<ChangeOutcome>
  readonly done: (conversationId: string, event: TimelineEvent) => void
  /** The message as it is now, without an event that made it so. */
  readonly learned: (message: Message) => void
  /** The server has confirmed it. */
  readonly confirmed: (pending: PendingChange) => void
  readonly newId: () => string
}

/** Of one message only the last change of each slot counts. */
export const changeKey = ({ messageId, change }: PendingChange): string => `${messageId} ${slotOf(change)}`

/**
 * The changes of messages that the viewer wants and that the server has not confirmed. They show at once; one that was
 * not done shows the message as it is, with the reason, and is retried as the same change.
 */
export class ChangeStore extends Store<PendingChanges> {
  /** What is being sent, by key: the next one in its slot waits. */
  readonly #turns = new Map<string, Promise<boolean>>()
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = true

  constructor(private readonly ports: ChangePorts) {
    super(new Map())
  }

  /** Starts to send, with the changes of an earlier tab. */
  async start(): Promise<void> {
    this.#closed = false
    for (const pending of await this.ports.storage.load()) if (this.#current(pending) === undefined) this.#put(pending)
    this.wake()
  }

  /** The message with what is wanted of it. */
  shown(message: Message): Message {
    return changedMessage(message, this.get(), this.ports.viewerId)
  }

  /**
   * Changes a message, unless it shows that already. Returns whether it is done after the first try; patient changes
   * are tried on.
   */
  async want(message: Message, change: Change): Promise<boolean> {
    const { id: messageId, conversationId } = message
    const next = { conversationId, messageId, clientId: '', change, at: new Date().toISOString(), problem: null }
    if (isMet(next, this.shown(message), this.ports.viewerId)) return true
    const known = this.#current(next)
    const isSame = JSON.stringify(known?.change) === JSON.stringify(change)
    const pending = { ...next, clientId: isSame && known?.problem ? known.clientId : this.ports.newId() }
    this.#put(pending)
    if (isPatient(change)) void this.ports.storage.save(pending)
    return this.#send(pending)
  }

  /** Adds the viewer's reaction, or removes it: what they see counts. */
  toggleReaction(message: Message, emoji: string): void {
    const isAdded = !isOwnReaction(this.shown(message).reactions, emoji, this.ports.viewerId)
    void this.want(message, { kind: 'react', emoji, isAdded })
  }

  async retry(failed: PendingChange): Promise<void> {
    if (failed.problem === null || this.#current(failed) !== failed) return
    const pending = { ...failed, problem: null }
    this.#put(pending)
    await this.#send(pending)
  }

  /** The viewer has read why it was not done. */
  dismiss(failed: PendingChange): void {
    if (failed.problem !== null && this.#current(failed) === failed) this.#drop(failed)
  }

  /** Forgets failed changes that are done after all: their answer was lost, or somebody else did the same. */
  settle(events: readonly LineEvent[]): void {
    if (this.get().size === 0) return
    for (const message of events.flatMap((event) => messageOf(event) ?? []))
      for (const pending of this.get().get(message.id) ?? [])
        // The lines of the log know no bookmarks.
        if (
          pending.problem !== null &&
          pending.change.kind !== 'bookmark' &&
          isMet(pending, message, this.ports.viewerId)
        )
          this.#drop(pending)
  }

  /** Repeats what had no answer now: the connection is back, or there is a new one. */
  wake(): void {
    clearTimeout(this.#timer)
    if (this.#closed) return
    for (const pending of [...this.get().values()].flat())
      if (isPatient(pending.change) && pending.problem === null && !this.#turns.has(changeKey(pending)))
        void this.#send(pending)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  /** Whether it is done now. */
  async #send(pending: PendingChange): Promise<boolean> {
    const key = changeKey(pending)
    const before = this.#turns.get(key)
    const turn = before === undefined ? this.#attempt(pending) : before.then(() => this.#attempt(pending))
    this.#turns.set(key, turn)
    const isDone = await turn
    if (this.#turns.get(key) === turn) this.#turns.delete(key)
    return isDone
  }

  async #attempt(pending: PendingChange): Promise<boolean> {
    if (this.#closed || this.#current(pending)?.clientId !== pending.clientId) return false
    const outcome = await this.ports.send(pending)
    if (outcome.kind === 'unknown' && isPatient(pending.change)) {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.wake(), backoff(this.#failures++))
      return false
    }
    this.#failures = 0
    // The state first: what it shows must not vanish in between.
    if (outcome.kind === 'done') this.#show(pending, outcome)
    if (this.#current(pending)?.clientId !== pending.clientId) return false
    if (outcome.kind === 'done') this.#drop(pending)
    else this.#put({ ...pending, problem: outcome.reason })
    if (isPatient(pending.change)) void this.ports.storage.remove(pending)
    return outcome.kind === 'done'
  }

  #show(pending: PendingChange, { event, message }: Extract<ChangeOutcome, { kind: 'done' }>): void {
    this.ports.confirmed(pending)
    if (event !== null) this.ports.done(pending.conversationId, event)
    else if (message !== null) this.ports.learned(message)
  }

  #current(pending: PendingChange): PendingChange | undefined {
    return this.get()
      .get(pending.messageId)
      ?.find((other) => changeKey(other) === changeKey(pending))
  }

  /** Instead of the one in its slot, and of the failed ones of its kind, whose reasons have been read. */
  #put(pending: PendingChange): void {
    this.#keep(pending, (other) => other.change.kind !== pending.change.kind || other.problem === null, [pending])
  }

  #drop(pending: PendingChange): void {
    this.#keep(pending, () => true, [])
  }

  #keep(pending: PendingChange, keeps: (other: PendingChange) => boolean, more: readonly PendingChange[]): void {
    const all = new Map(this.get())
    const others = (all.get(pending.messageId) ?? []).filter((other) => changeKey(other) !== changeKey(pending))
    const next = [...others.filter(keeps), ...more]
    if (next.length === 0) all.delete(pending.messageId)
    else all.set(pending.messageId, next)
    this.set(all)
  }
}
