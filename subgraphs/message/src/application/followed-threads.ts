import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { rootIn } from '../domain/message'
import { unread } from '../domain/read-state'
import { type ThreadEntry, ThreadsView } from '../domain/threads-view'
import type { TimelineEvent } from '../domain/timeline-event'
import type { ThreadOf, Threads } from './threads'

/** Those that changed since the last call, and how many have something unread. */
export interface ThreadChanges {
  readonly threads: readonly ThreadEntry[]
  readonly unreadThreads: number
  /** More changed than `threads` has. */
  readonly isCut: boolean
}

/** What one live inbox knows of the threads that its user follows, and which changes it has not sent yet. */
export class FollowedThreads {
  readonly #view: ThreadsView
  readonly #changed = new Set<MessageId>()
  /** Of threads that are not known here: their read states are to be read. */
  #unknown: TimelineEvent[] = []
  /** What is read of them while they are left comes too late. */
  readonly #left = new Set<ConversationId>()
  /** Conversations in whose threads the user may have read on another device. */
  readonly #stale = new Set<ConversationId>()

  constructor(
    private readonly userId: UserId,
    private readonly threads: Threads,
  ) {
    this.#view = new ThreadsView(userId)
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0
  }

  /** The threads of these conversations, with the changes since a time; null for none. */
  async load(conversationIds: readonly ConversationId[], since: Date | null): Promise<void> {
    if (conversationIds.length === 0) return
    for (const id of conversationIds) this.#left.delete(id)
    const followed = await this.threads.followed(this.userId, conversationIds)
    const roots = followed.filter((root) => this.#isIn(root))
    const states = await this.threads.readStates(this.userId, roots)
    for (const root of roots.filter((one) => this.#isIn(one))) {
      this.#view.put(root, states.get(root.id) ?? unread)
      if (since !== null && root.thread !== null && root.thread.lastReplyAt >= since) this.#changed.add(root.id)
    }
    if (since === null) return
    for (const id of await this.threads.readSince(this.userId, since)) this.#changed.add(id)
  }

  /** True when it may change a thread. */
  hear(event: TimelineEvent): boolean {
    const taken = this.#view.take(event)
    if (taken === null) return false
    if (taken.isNew) this.#unknown.push(event)
    else this.#changed.add(taken.root.id)
    return true
  }

  /** The user may have read threads of this conversation. */
  markStale(conversationId: ConversationId): void {
    this.#stale.add(conversationId)
  }

  leave(conversationId: ConversationId): void {
    this.#left.add(conversationId)
    this.#view.remove(conversationId)
    this.#unknown = this.#unknown.filter((event) => event.conversationId !== conversationId)
  }

  /** Reads what `hear` and `markStale` have asked for. */
  async settle(): Promise<void> {
    if (this.#unknown.length === 0 && this.#stale.size === 0) return
    const [events, stale] = [this.#unknown, this.#view.threadsIn([...this.#stale])]
    this.#unknown = []
    this.#stale.clear()
    const unknown = events.flatMap((event) => rootIn(event) ?? [])
    const states = await this.threads.readStates(this.userId, [...unknown, ...stale])
    for (const { id } of stale) if (this.#view.read(id, states.get(id) ?? unread)) this.#changed.add(id)
    const roots = unknown.filter((root) => this.#isIn(root))
    for (const root of roots) this.#view.put(root, states.get(root.id) ?? unread)
    for (const root of roots) this.#changed.add(root.id)
    // Again: with a reply of the user's own that is not stored yet.
    for (const event of events) this.#view.take(event)
  }

  take(limit: number): ThreadChanges {
    const ids = [...this.#changed]
    this.#changed.clear()
    const threads = ids.flatMap((id) => this.#view.entry(id) ?? [])
    return { threads: threads.slice(0, limit), unreadThreads: this.#view.unread, isCut: threads.length > limit }
  }

  #isIn({ conversationId }: ThreadOf): boolean {
    return !this.#left.has(conversationId)
  }
}
