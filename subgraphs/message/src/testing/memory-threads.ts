import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { type ThreadOf, Threads } from '../application/threads'
import { type Message, messagesAfter } from '../domain/message'
import { afterOwnLine, afterReading, type ReadState, unread } from '../domain/read-state'
import { followersOf } from '../domain/thread'
import { threadPlaceOf } from '../domain/timeline-event'
import type { MemoryTimelineLog } from './memory-timeline-log'

/** Threads from a log in memory; read positions without own lines, which the log has. */
export class MemoryThreads extends Threads {
  readonly #lines = new Map<string, { readonly line: number; readonly at: Date }>()

  constructor(private readonly log: MemoryTimelineLog) {
    super()
  }

  async followed(userId: UserId, conversationIds: readonly ConversationId[]): Promise<readonly Message[]> {
    const logs = await Promise.all(conversationIds.map((id) => this.log.readAfter(id, 0, 10_000)))
    const roots = [...messagesAfter(logs.flat()).values()].filter((root) => followersOf(root).includes(userId))
    const last = ({ thread }: Message) => thread?.lastReplyAt.getTime() ?? 0
    return roots.sort((one, other) => last(other) - last(one) || (one.id < other.id ? 1 : -1))
  }

  async readStates(userId: UserId, roots: readonly ThreadOf[]): Promise<ReadonlyMap<MessageId, ReadState>> {
    const states = roots.map(async ({ id, conversationId }): Promise<readonly [MessageId, ReadState]> => {
      const events = await this.log.readAfter(conversationId, 0, 10_000)
      const own = events.filter(({ actorId }) => actorId === userId).map((event) => threadPlaceOf(event))
      const lines = own.flatMap((place) => (place?.rootId === id ? [place.line] : []))
      const line = this.#lines.get(`${userId}:${id}`)?.line ?? 0
      return [id, lines.reduce(afterOwnLine, afterReading(unread, line))]
    })
    return new Map(await Promise.all(states))
  }

  markRead(userId: UserId, { id }: ThreadOf, line: number): Promise<void> {
    const key = `${userId}:${id}`
    this.#lines.set(key, { line: Math.max(line, this.#lines.get(key)?.line ?? 0), at: new Date() })
    return Promise.resolve()
  }

  readSince(userId: UserId, since: Date): Promise<readonly MessageId[]> {
    const read = [...this.#lines].filter(([key, { at }]) => key.startsWith(userId) && at >= since)
    return Promise.resolve(read.map(([key]) => key.slice(userId.length + 1) as MessageId))
  }
}
