import { Store } from '../../../lib/store'
import type { Message, TimelineEvent } from './events'

export interface PinnedState {
  readonly id: string
  readonly version: number
}

/** Of a message whose pin has changed. */
interface Heard extends PinnedState {
  readonly isPinned: boolean
}

const none: ReadonlySet<string> = new Set()

/** The ids of the pinned messages of each opened conversation: asked for when it is opened, then told by events. */
export class PinStore extends Store<ReadonlyMap<string, ReadonlySet<string>>> {
  readonly #heard = new Map<string, Map<string, Heard>>()

  /** `ask` resolves with null for a conversation that cannot be read now. */
  constructor(private readonly ask: (conversationId: string) => Promise<readonly PinnedState[] | null>) {
    super(new Map())
  }

  of(conversationId: string): ReadonlySet<string> {
    return this.get().get(conversationId) ?? none
  }

  /** Also after a time without events. */
  async load(conversationId: string): Promise<void> {
    const heard = new Map<string, Heard>()
    this.#heard.set(conversationId, heard)
    const listed = await this.ask(conversationId)
    if (listed === null || this.#heard.get(conversationId) !== heard) return
    for (const { id, version } of listed) take(heard, { id, version, isPinned: true })
    this.#show(conversationId, heard)
  }

  hear(event: TimelineEvent): void {
    if (event.type !== 'MessagePinned' && event.type !== 'MessageUnpinned' && event.type !== 'MessageDeleted') return
    const { conversationId, id, version, pinnedAt }: Message = event.message
    const heard = this.#heard.get(conversationId)
    if (heard === undefined) return
    take(heard, { id, version, isPinned: pinnedAt !== null })
    if (this.get().has(conversationId)) this.#show(conversationId, heard)
  }

  #show(conversationId: string, heard: ReadonlyMap<string, Heard>): void {
    const ids = [...heard.values()].flatMap(({ id, isPinned }) => (isPinned ? id : []))
    this.set(new Map(this.get()).set(conversationId, new Set(ids)))
  }
}

function take(heard: Map<string, Heard>, next: Heard): void {
  if (next.version >= (heard.get(next.id)?.version ?? 0)) heard.set(next.id, next)
}
