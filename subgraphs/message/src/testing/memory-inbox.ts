import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Inbox, type InboxState, type Receipt } from '../application/inbox'
import { type Mute, muteAt, unmuted } from '../domain/mute'
import {
  afterOwnLine,
  afterReading,
  afterUnreading,
  type ReadState,
  unread,
  type Unreading,
} from '../domain/read-state'

/** Read positions without own lines, which the log of a test has. */
export class MemoryInbox extends Inbox {
  readonly #rows = new Map<string, { readonly state: InboxState; readonly changedAt: Date }>()
  readonly #receipts = new Map<string, Receipt>()

  readStates(userId: UserId, ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, InboxState>> {
    const found = ids.flatMap((id) => {
      const row = this.#rows.get(`${userId}:${id}`)
      return row === undefined ? [] : [[id, row.state] as const]
    })
    return Promise.resolve(new Map(found))
  }

  markRead(userId: UserId, conversationId: ConversationId, line: number, revision?: number): Promise<void> {
    this.#see(userId, conversationId, { readLine: line })
    return this.#change([userId], conversationId, (state) => afterReading(state, line, revision))
  }

  markUnread(userId: UserId, conversationId: ConversationId, unreading: Unreading): Promise<void> {
    return this.#change([userId], conversationId, (state) => afterUnreading(state, unreading))
  }

  enter(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    for (const userId of userIds) this.#see(userId, conversationId, { sinceLine: line })
    return this.#change(userIds, conversationId, (state) => afterReading(state, line))
  }

  receipts(conversationId: ConversationId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Receipt>> {
    const found = userIds.flatMap((userId) => {
      const receipt = this.#receipts.get(`${userId}:${conversationId}`)
      return receipt === undefined ? [] : [[userId, receipt] as const]
    })
    return Promise.resolve(new Map(found))
  }

  skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void> {
    return this.#change(userIds, conversationId, (state) => afterOwnLine(state, line))
  }

  setMute(userId: UserId, conversationId: ConversationId, wish: Omit<Mute, 'revision'>): Promise<void> {
    return this.#change([userId], conversationId, (state) => {
      const { revision } = this.#muteOf(userId, conversationId)
      return { ...state, mute: { ...wish, revision: revision + 1 } }
    })
  }

  mutedBy(conversationId: ConversationId, userIds: readonly UserId[], at: Date): Promise<ReadonlySet<UserId>> {
    const muted = userIds.filter((userId) => muteAt(this.#muteOf(userId, conversationId), at).isMuted)
    return Promise.resolve(new Set(muted))
  }

  changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]> {
    const changed = [...this.#rows].filter(([key, row]) => key.startsWith(userId) && row.changedAt >= since)
    return Promise.resolve(changed.map(([key]) => key.slice(userId.length + 1) as ConversationId))
  }

  #change(
    userIds: readonly UserId[],
    conversationId: ConversationId,
    change: (state: ReadState) => InboxState,
  ): Promise<void> {
    for (const userId of userIds) {
      const key = `${userId}:${conversationId}`
      const known = this.#rows.get(key)?.state ?? unread
      this.#rows.set(key, { state: { ...known, ...change(known) }, changedAt: new Date() })
    }
    return Promise.resolve()
  }

  #muteOf(userId: UserId, conversationId: ConversationId): Mute {
    return this.#rows.get(`${userId}:${conversationId}`)?.state.mute ?? unmuted
  }

  #see(userId: UserId, conversationId: ConversationId, told: Partial<Receipt>): void {
    const key = `${userId}:${conversationId}`
    const { readLine, sinceLine } = this.#receipts.get(key) ?? { readLine: 0, sinceLine: 0 }
    const { readLine: seen = 0, sinceLine: since = 0 } = told
    this.#receipts.set(key, { readLine: Math.max(readLine, seen), sinceLine: Math.max(sinceLine, since) })
  }
}
