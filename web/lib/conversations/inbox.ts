import { backoff } from '../backoff'
import type { Failure } from '../graphql/errors'
import type { LiveSink } from '../graphql/live'
import { Store } from '../store'
import type { InboxSubscription } from './__generated__/conversations'
import type { InboxEntry } from './conversation-cache'

export type InboxFrame = NonNullable<InboxSubscription['inbox']>

export interface InboxPorts {
  /** Opens the stream. `cursor` is asked at every reconnect. */
  readonly follow: (cursor: () => string | null, sink: LiveSink<InboxFrame>) => () => void
  /** Up to which change the details of a conversation of the list are known: null when nobody said, undefined for one that is not in the list. */
  readonly detailsOf: (conversationId: string) => number | null | undefined
  readonly apply: (entry: InboxEntry) => void
  /** Asks for a conversation that is not known, or whose details have changed, which an entry does not tell. */
  readonly load: (conversationId: string) => void
  readonly remove: (conversationIds: readonly string[]) => void
  /** Loads the list anew. */
  readonly reload: () => void
  readonly report: (isLive: boolean) => void
}

/** The list follows the first frame, so that nothing falls between the two, but does not wait for ever. */
const firstFrameLimit = 1_000
/** A conversation whose details change often is asked for no more often than this. */
const loadPause = 5_000

/** How much waits for the viewer. Keeps all conversations as they are from one light stream, which goes on from its last cursor. */
export class Inbox extends Store<number> {
  #cursor: string | null = null
  #stop: () => void = () => undefined
  #isLive = false
  #failures = 0
  #reopen: ReturnType<typeof setTimeout> | undefined
  #late: ReturnType<typeof setTimeout> | undefined
  /** For which change of its details each conversation was asked last. What the answer says may be newer than the details in it. */
  readonly #asked = new Map<string, number>()
  /** Those that were loaded a moment ago, and whether they are wanted again. */
  readonly #loaded = new Map<string, { again: boolean; timer: ReturnType<typeof setTimeout> }>()

  constructor(private readonly ports: InboxPorts) {
    super(0)
  }

  open(): void {
    this.#late = setTimeout(() => this.ports.reload(), firstFrameLimit)
    this.#follow()
  }

  close(): void {
    this.#stop()
    clearTimeout(this.#late)
    clearTimeout(this.#reopen)
    for (const { timer } of this.#loaded.values()) clearTimeout(timer)
    this.#loaded.clear()
    this.ports.report(true)
  }

  /** Does now what it waits to try again. */
  hurry(): void {
    if (!this.#isLive) this.#follow()
  }

  #follow(): void {
    clearTimeout(this.#reopen)
    this.#stop()
    let isCurrent = true
    const stop = this.ports.follow(() => this.#cursor, {
      data: (frame) => {
        if (isCurrent) this.#take(frame)
      },
      ended: (failure) => {
        if (isCurrent) this.#ended(failure)
      },
    })
    this.#stop = () => {
      isCurrent = false
      stop()
    }
  }

  #take({ cursor, unreadCount, entries, goneIds, isCut }: InboxFrame): void {
    const mustLoadList = this.#cursor === null || isCut
    this.#cursor = cursor
    this.#isLive = true
    this.#failures = 0
    this.ports.report(true)
    this.ports.remove(goneIds)
    for (const entry of entries) this.#enter(entry)
    this.set(unreadCount)
    if (mustLoadList) this.#loadList()
  }

  #enter(entry: InboxEntry): void {
    const { conversationId, detailsSeq } = entry
    const listed = this.ports.detailsOf(conversationId)
    const known = this.#asked.get(conversationId) ?? listed
    // Also of one that is not in the list yet: what comes of it may have been read before.
    this.ports.apply(entry)
    if (listed !== undefined && (known === null || known === undefined || detailsSeq <= known)) return
    this.#asked.set(conversationId, detailsSeq)
    this.#load(conversationId)
  }

  #load(id: string): void {
    const recent = this.#loaded.get(id)
    if (recent !== undefined) {
      recent.again = true
      return
    }
    this.ports.load(id)
    const timer = setTimeout(() => {
      const isWanted = this.#loaded.get(id)?.again === true
      this.#loaded.delete(id)
      if (isWanted) this.#load(id)
    }, loadPause)
    this.#loaded.set(id, { again: false, timer })
  }

  #loadList(): void {
    clearTimeout(this.#late)
    this.#late = undefined
    this.ports.reload()
  }

  #ended(failure: Failure | null): void {
    this.#stop()
    this.#isLive = false
    this.ports.report(false)
    // A cursor that the server does not take serves no more: the list is loaded instead.
    if (failure?.category === 'input') this.#cursor = null
    if (this.#late !== undefined) this.#loadList()
    this.#reopen = setTimeout(() => this.#follow(), backoff(this.#failures++))
  }
}
