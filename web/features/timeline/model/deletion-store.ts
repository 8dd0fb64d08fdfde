import { Store } from '../../../lib/store'
import { type LineEvent, type Message, messageOf, type TimelineEvent } from './events'
import type { Lines } from './lines'

export interface DeletionRequest {
  readonly conversationId: string
  readonly messageId: string
  readonly clientId: string
}

export type DeletionOutcome = { readonly event: TimelineEvent } | { readonly problem: string }

/** A message that the viewer may be about to delete. Not a copy of it: somebody else may delete it meanwhile. */
export interface Doomed {
  readonly conversationId: string
  readonly messageId: string
  readonly line: number
  /** The viewer wrote it; otherwise they delete it as a moderator. */
  readonly own: boolean
}

/** A deletion that was confirmed here. */
export interface Deletion extends DeletionRequest {
  /** When it was confirmed, by this device's clock. */
  readonly at: string
  /** Why it was not done, for the viewer; null while it is under way. */
  readonly problem: string | null
}

export interface Deletions {
  /** What the viewer is asked about. */
  readonly asked: Doomed | null
  /** By the message's id. */
  readonly confirmed: ReadonlyMap<string, Deletion>
}

export interface DeletionPorts {
  readonly remove: (request: DeletionRequest) => Promise<DeletionOutcome>
  readonly removed: (conversationId: string, event: TimelineEvent) => void
  readonly newId: () => string
}

/**
 * Deletions of this device. A confirmed one shows at once; one that was not done shows the message again, with the
 * reason, and is tried again as the same deletion.
 */
export class DeletionStore extends Store<Deletions> {
  constructor(private readonly ports: DeletionPorts) {
    super({ asked: null, confirmed: new Map() })
  }

  ask({ id: messageId, conversationId, line }: Message, own: boolean): void {
    this.set({ ...this.get(), asked: { conversationId, messageId, line, own } })
  }

  cancel(): void {
    this.set({ ...this.get(), asked: null })
  }

  async confirm(): Promise<void> {
    const { asked, confirmed } = this.get()
    if (asked === null) return
    const { conversationId, messageId } = asked
    const clientId = confirmed.get(messageId)?.clientId ?? this.ports.newId()
    this.cancel()
    await this.#remove({ conversationId, messageId, clientId })
  }

  async retry(messageId: string): Promise<void> {
    const deletion = this.get().confirmed.get(messageId)
    if (deletion !== undefined && deletion.problem !== null) await this.#remove(deletion)
  }

  /** The viewer has read why it was not done. */
  dismiss(messageId: string): void {
    this.#put(messageId, null)
  }

  async #remove({ conversationId, messageId, clientId }: DeletionRequest): Promise<void> {
    const request = { conversationId, messageId, clientId }
    const at = new Date().toISOString()
    this.#put(messageId, { ...request, at, problem: null })
    const outcome = await this.ports.remove(request)
    if ('event' in outcome) this.ports.removed(conversationId, outcome.event)
    this.#put(messageId, 'event' in outcome ? null : { ...request, at, problem: outcome.problem })
  }

  #put(messageId: string, deletion: Deletion | null): void {
    const confirmed = new Map(this.get().confirmed)
    if (deletion === null) confirmed.delete(messageId)
    else confirmed.set(messageId, deletion)
    this.set({ ...this.get(), confirmed })
  }
}

/** The message that the viewer is asked about, as it is in these lines; null when it is not there any more. */
export function doomedIn(lines: Lines, asked: Doomed | null): Message | null {
  const event = asked === null ? undefined : lines.at(asked.line)
  const message = event === undefined ? null : messageOf(event)
  return message !== null && message.id === asked?.messageId && message.deletedAt === null ? message : null
}

/** The lines as they are once the deletions under way are done. */
export function withDeletions(
  events: readonly LineEvent[],
  { confirmed }: Deletions,
  viewerId: string,
): readonly LineEvent[] {
  if (confirmed.size === 0) return events
  const gone = { text: '', reactions: [], deletedById: viewerId }
  return events.map((event) => {
    if (event.type !== 'MessageSent' || event.message.deletedAt !== null) return event
    const deletion = confirmed.get(event.message.id)
    if (deletion?.problem !== null) return event
    return { ...event, message: { ...event.message, ...gone, deletedAt: deletion.at } }
  })
}
