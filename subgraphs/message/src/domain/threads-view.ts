import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { evolve, type Message, rootIn } from './message'
import { afterOwnLine, latest, type ReadState, unread, unreadLines } from './read-state'
import { followersOf, type ThreadSummary } from './thread'
import { threadPlaceOf, type TimelineEvent } from './timeline-event'

/** A thread that a user follows: they wrote its root, replied, or were mentioned in a reply. */
export interface ThreadEntry {
  readonly rootId: MessageId
  readonly conversationId: ConversationId
  readonly lines: number
  readonly replyCount: number
  readonly lastReplyAt: Date
  readonly readLine: number
  readonly unread: number
}

/** The root of a thread, without what is written in it: all threads of a user are in memory while they are connected. */
export interface FollowedThread extends Pick<Message, 'id' | 'conversationId' | 'version'> {
  readonly thread: Pick<ThreadSummary, 'lines' | 'replyCount' | 'lastReplyAt'> | null
}

interface Known {
  readonly root: FollowedThread
  readonly state: ReadState
}

/** The threads that one user follows, updated by events and read positions in any order. */
export class ThreadsView {
  readonly #known = new Map<MessageId, Known>()

  constructor(private readonly userId: UserId) {}

  /** How many threads have something unread. */
  get unread(): number {
    return [...this.#known.values()].filter((known) => unreadOf(known) > 0).length
  }

  /** Those of these conversations. */
  threadsIn(conversationIds: readonly ConversationId[]): readonly Pick<Message, 'id' | 'conversationId'>[] {
    if (conversationIds.length === 0) return []
    const roots = [...this.#known.values()].map(({ root }) => root)
    return roots.filter(({ conversationId }) => conversationIds.includes(conversationId))
  }

  /** A root and a read state from the store; what is known already and newer stays. True when that changes anything. */
  put(root: FollowedThread, state: ReadState): boolean {
    const known = this.#known.get(root.id)
    return this.#set(root, latest(state, known?.state ?? unread))
  }

  /** Another read position of a thread that is known. */
  read(rootId: MessageId, state: ReadState): boolean {
    const known = this.#known.get(rootId)
    if (known === undefined) return false
    const next = { ...known, state: latest(state, known.state) }
    this.#known.set(rootId, next)
    return next.state.readLine !== known.state.readLine || unreadOf(next) !== unreadOf(known)
  }

  /**
   * What an event changes: the thread, or null for none. `isNew` when it was not known, so that its read state is to be
   * put.
   */
  take(event: TimelineEvent): { readonly root: Message; readonly isNew: boolean } | null {
    const root = rootIn(event) ?? this.#rewritten(event)
    if (root === null || !followersOf(root).includes(this.userId)) return null
    const known = this.#known.get(root.id)
    if (known === undefined) return { root, isNew: true }
    const line = event.actorId === this.userId ? (threadPlaceOf(event)?.line ?? null) : null
    const state = line === null ? known.state : afterOwnLine(known.state, line)
    return this.#set(root, state) ? { root, isNew: false } : null
  }

  /** The root of a known thread after an edit or its deletion: who shows it shows other words now. */
  #rewritten(event: TimelineEvent): Message | null {
    if (event.type !== 'MessageEdited' && event.type !== 'MessageDeleted') return null
    return this.#known.has(event.data.messageId) ? evolve(null, event) : null
  }

  /** Those of a conversation that the user has left. */
  remove(conversationId: ConversationId): void {
    for (const { id } of this.threadsIn([conversationId])) this.#known.delete(id)
  }

  entry(rootId: MessageId): ThreadEntry | null {
    const known = this.#known.get(rootId)
    return known === undefined ? null : threadEntryOf(known.root, known.state)
  }

  #set({ id, conversationId, version, thread }: FollowedThread, state: ReadState): boolean {
    if (thread === null) return false
    const known = this.#known.get(id)
    const isNewer = known === undefined || version > known.root.version
    const isRead = known === undefined || state.readLine !== known.state.readLine || state !== known.state
    const { lines, replyCount, lastReplyAt } = thread
    const root = isNewer ? { id, conversationId, version, thread: { lines, replyCount, lastReplyAt } } : known.root
    if (isNewer || isRead) this.#known.set(id, { root, state })
    return isNewer || isRead
  }
}

const unreadOf = ({ root, state }: Known): number => unreadLines(state, root.thread?.lines ?? 0)

/** A thread that a user follows, as its root and their read state tell it; null when there is none. */
export function threadEntryOf(root: FollowedThread, state: ReadState): ThreadEntry | null {
  if (root.thread === null) return null
  const { id: rootId, conversationId, thread } = root
  const { lines, replyCount, lastReplyAt } = thread
  const { readLine } = state
  return { rootId, conversationId, lines, replyCount, lastReplyAt, readLine, unread: unreadLines(state, lines) }
}
