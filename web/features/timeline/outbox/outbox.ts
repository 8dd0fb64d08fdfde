import { backoff } from '../../../lib/backoff'
import { Store } from '../../../lib/store'
import type { SentEvent } from '../model/events'
import type { OutboxAction, OutboxItem, OutboxState } from '../model/outbox-state'
import { nextToSend, outboxReducer } from '../model/outbox-state'

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly event: SentEvent }
  /** This text was refused: its author can change it and send it as a new message. */
  | { readonly kind: 'mendable'; readonly reason: string }
  /** Refused for a reason other than its text: its author may retry. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Refused for good: what it forwards is not there any more. */
  | { readonly kind: 'final'; readonly reason: string }
  /** Unknown outcome: a retry with the same clientId is safe. */
  | { readonly kind: 'unknown' }

type Refusal = Extract<SendOutcome, { reason: string }>

/** Where a reply in a thread goes, and what a message quotes or forwards. */
type About = Pick<OutboxItem, 'threadId' | 'alsoInConversation' | 'replyTo' | 'forwardOf'>

/** Stores unsent messages beyond the tab. */
export interface OutboxStorage {
  load(): Promise<OutboxState>
  save(item: OutboxItem): Promise<void>
  remove(clientId: string): Promise<void>
}

export interface OutboxPorts {
  readonly storage: OutboxStorage
  readonly send: (item: OutboxItem) => Promise<SendOutcome>
  readonly accepted: (conversationId: string, event: SentEvent) => void
  readonly newId: () => string
}

/**
 * Sends messages in the order of writing, until the server has accepted or refused them. Unanswered messages are
 * retried with the same clientId, which the server counts once (I2).
 */
export class Outbox extends Store<OutboxState> {
  readonly #busy = new Set<string>()
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = true

  constructor(private readonly ports: OutboxPorts) {
    super([])
  }

  /** Starts to send, with the messages of an earlier tab. */
  async start(): Promise<void> {
    this.#closed = false
    const items = await this.ports.storage.load()
    this.#dispatch({ type: 'restored', items })
    this.wake()
  }

  /** Returns the client id. */
  write(conversationId: string, text: string, about: About = {}, now = new Date()): string {
    const item: OutboxItem = {
      clientId: this.ports.newId(),
      conversationId,
      text,
      ...about,
      at: now.toISOString(),
      status: 'pending',
    }
    this.#dispatch({ type: 'written', item })
    this.#keep(item.clientId)
    this.wake()
    return item.clientId
  }

  retry(clientId: string): void {
    this.#dispatch({ type: 'retried', clientId })
    this.#keep(clientId)
    this.wake()
  }

  /** Removes an unsent message, for its author to change. */
  takeBack(clientId: string): OutboxItem | undefined {
    const item = this.get().find((candidate) => candidate.clientId === clientId)
    this.remove([clientId])
    return item
  }

  /** The message was deleted, or is in the timeline now. */
  remove(clientIds: readonly string[]): void {
    const gone = this.get().filter((item) => clientIds.includes(item.clientId))
    if (gone.length === 0) return
    this.#dispatch({ type: 'removed', clientIds })
    for (const item of gone) void this.ports.storage.remove(item.clientId)
  }

  /** Sends waiting messages now: the connection is back, or there is a new message. */
  wake(): void {
    clearTimeout(this.#timer)
    if (this.#closed) return
    for (const item of nextToSend(this.get())) {
      if (!this.#busy.has(item.conversationId)) void this.#send(item)
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #send(item: OutboxItem): Promise<void> {
    this.#busy.add(item.conversationId)
    const outcome = await this.ports.send(item)
    this.#busy.delete(item.conversationId)
    if (outcome.kind === 'unknown') {
      clearTimeout(this.#timer)
      if (!this.#closed) this.#timer = setTimeout(() => this.wake(), backoff(this.#failures++))
      return
    }
    this.#failures = 0
    if (outcome.kind === 'accepted') this.#accept(item, outcome.event)
    else this.#refuse(item.clientId, outcome)
    this.wake()
  }

  #refuse(clientId: string, { kind, reason }: Refusal): void {
    this.#dispatch({ type: 'refused', clientId, reason, isMendable: kind === 'mendable', isFinal: kind === 'final' })
    this.#keep(clientId)
  }

  #accept(item: OutboxItem, event: SentEvent): void {
    this.#dispatch({ type: 'accepted', clientId: item.clientId })
    void this.ports.storage.remove(item.clientId)
    this.ports.accepted(item.conversationId, event)
  }

  #keep(clientId: string): void {
    const item = this.get().find((candidate) => candidate.clientId === clientId)
    if (item !== undefined) void this.ports.storage.save(item)
  }

  #dispatch(action: OutboxAction): void {
    this.set(outboxReducer(this.get(), action))
  }
}
