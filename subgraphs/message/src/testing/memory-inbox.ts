import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Inbox } from '../application/inbox'
import { afterOwnLine, afterReading, type ReadState, unread } from '../domain/read-state'

/** Read positions without own lines, which the log of a test has. */
export class MemoryInbox extends Inbox {
  readonly #rows = new Map<string, { readonly state: ReadState; readonly changedAt: Date }>()

  readStates(userId: UserId, ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ReadState>> {
    const found = ids.flatMap((id) => {
      const row = this.#rows.get(`${userId}:${id}`)
      return row === undefined ? [] : [[id, row.state] as const]
    })
    return Promise.resolve(new Map(found))
  }

  markRead(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    for (const userId of userIds) {
      const key = `${userId}:${conversationId}`
      const state = afterReading(this.#rows.get(key)?.state ?? unread, line)
      this.#rows.set(key, { state, changedAt: new Date() })
    }
    return Promise.resolve()
  }

  skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    for (const userId of userIds) {
      const key = `${userId}:${conversationId}`
      const state = afterOwnLine(this.#rows.get(key)?.state ?? unread, line)
      this.#rows.set(key, { state, changedAt: new Date() })
    }
    return Promise.resolve()
  }

  changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]> {
    const changed = [...this.#rows].filter(([key, row]) => key.startsWith(userId) && row.changedAt >= since)
    return Promise.resolve(changed.map(([key]) => key.slice(userId.length + 1) as ConversationId))
  }
}
