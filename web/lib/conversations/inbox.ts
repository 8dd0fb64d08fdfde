import { backoff } from '../backoff'
import type { Failure } from '../graphql/errors'
import type { LiveSink } from '../graphql/live'
import { Store } from '../store'
import type { InboxSubscription } from './__generated__/conversations'
import type { InboxEntry } from './conversation-cache'
import type { InboxPosition } from './kept-list'
import type { InboxChange, InboxNews } from './inbox-news'

export type InboxFrame = NonNullable<InboxSubscription['inbox']>

export interface InboxPorts {
  /** Opens the stream. `cursor` is read at every reconnect. */
  readonly follow: (cursor: () => string | null, sink: LiveSink<InboxFrame>) => () => void
  /**
   * The `detailsSeq` up to which the details of a listed conversation are known: null when it is unknown, undefined for
   * a conversation that is not in the list.
   */
  readonly detailsOf: (conversationId: string) => number | null | undefined
  /** What is known of a conversation; null for nothing. */
  readonly known: (conversationId: string) => InboxChange['known']
  readonly apply: (entry: InboxEntry) => void
  /** What a frame has changed, when everything has it. */
  readonly tell: (news: InboxNews) => void
  /** Fetches a conversation that is unknown, or whose details have changed, which an entry does not contain. */
  readonly load: (conversationId: string) => void
  readonly remove: (conversationIds: readonly string[]) => void
  /** Loads the list again. */
  readonly reload: () => void
  readonly report: (isLive: boolean) => void
}

/**
 * The list is loaded after the first frame, so that no change between them is missed, but does not wait longer than
 * this.
 */
const firstFrameLimit = 1_000
/** A conversation whose details change often is fetched at most this often. */
const loadPause = 5_000

/**
 * The number of unread lines. Keeps all conversations up to date from one light stream, which resumes from its last
 * cursor.
 */
export class Inbox extends Store<number> {
  /** The number of threads with something unread. */
  readonly unreadThreads = new Store(0)
  /** Grows when a thread has changed. */
  readonly threadNews = new Store(0)
  #cursor: string | null = null
  /** The next frame is the first after a break. */
  #isResuming = false
  /** A frame was taken: what the first one tells was there before, also when the stream goes on from a kept position. */
  #hasBegun = false
  #stop: () => void = () => undefined
  #isLive = false
  #failures = 0
  #reopen: ReturnType<typeof setTimeout> | undefined
  #late: ReturnType<typeof setTimeout> | undefined
  /**
   * The `detailsSeq` for which each conversation was fetched last. An answer may have a newer number than its details.
   */
  readonly #asked = new Map<string, number>()
  /** Recently fetched conversations, and whether they have changed again. */
  readonly #loaded = new Map<string, { again: boolean; timer: ReturnType<typeof setTimeout> }>()

  constructor(private readonly ports: InboxPorts) {
    super(0)
  }

  /** With a list that is known up to a position the stream goes on from there, and the list is not loaded. */
  open(from: InboxPosition | null = null): void {
    if (from === null) this.#late = setTimeout(() => this.ports.reload(), firstFrameLimit)
    else {
      this.#cursor = from.cursor
      this.set(from.unread)
      this.unreadThreads.set(from.unreadThreads)
    }
    this.#follow()
  }

  /** Up to where everything is in the list; null while something that was told is still to be fetched. */
  get position(): InboxPosition | null {
    const isSettled = ![...this.#loaded.values()].some(({ again }) => again)
    if (this.#cursor === null || !isSettled) return null
    return { cursor: this.#cursor, unread: this.get(), unreadThreads: this.unreadThreads.get() }
  }

  close(): void {
    this.#stop()
    clearTimeout(this.#late)
    clearTimeout(this.#reopen)
    for (const { timer } of this.#loaded.values()) clearTimeout(timer)
    this.#loaded.clear()
    this.ports.report(true)
  }

  /** Does waiting retries now. */
  hurry(): void {
    if (!this.#isLive) this.#follow()
  }

  #follow(): void {
    clearTimeout(this.#reopen)
    this.#stop()
    let isCurrent = true
    const resume = () => {
      this.#isResuming = this.#cursor !== null
      return this.#cursor
    }
    const stop = this.ports.follow(resume, {
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

  #take({ cursor, unreadCount, entries, goneIds, threads, unreadThreadCount, isCut }: InboxFrame): void {
    const isFirst = !this.#hasBegun
    const isMissed = isCut || this.#isResuming
    const mustLoadList = this.#cursor === null || isCut
    const changes = entries.map((entry) => ({ entry, known: this.ports.known(entry.conversationId) }))
    this.#cursor = cursor
    this.#isLive = true
    this.#failures = 0
    this.ports.report(true)
    this.ports.remove(goneIds)
    for (const entry of entries) this.#enter(entry)
    this.set(unreadCount)
    this.unreadThreads.set(unreadThreadCount)
    // The frame after a break has the threads with new replies: what was edited or deleted meanwhile is not among them.
    if (threads.length > 0 || isMissed) this.threadNews.set(this.threadNews.get() + 1)
    this.#isResuming = false
    this.#hasBegun = true
    if (mustLoadList) this.#loadList()
    this.ports.tell({ changes, goneIds, when: isFirst ? 'first' : isMissed ? 'missed' : 'now' })
  }

  #enter(entry: InboxEntry): void {
    const { conversationId, detailsSeq } = entry
    const listed = this.ports.detailsOf(conversationId)
    const known = this.#asked.get(conversationId) ?? listed
    // Also for a conversation that is not in the list yet: the pending fetch may have read an older state.
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
    // A cursor that the server refuses is dropped: the list is loaded instead.
    if (failure?.category === 'input') this.#cursor = null
    if (this.#late !== undefined) this.#loadList()
    this.#reopen = setTimeout(() => this.#follow(), backoff(this.#failures++))
  }
}
