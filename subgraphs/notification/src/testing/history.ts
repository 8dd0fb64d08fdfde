import { randomUUID } from 'node:crypto'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import type { ConversationEvent, Membership } from '@parley/memberships/membership'
import { newConversation } from './ids'

/** What somebody does in a conversation, if they can: a step that makes no sense where it stands does nothing. */
export interface Step {
  readonly type: 'send' | 'read' | 'join' | 'leave'
  readonly by: number
}

interface Sent {
  readonly seq: number
  readonly authorId: UserId
}

/**
 * A conversation as its owners would play it: the conversation subgraph's events with their versions, the message subgraph's with
 * their seqs, where joining takes a place in the timeline and moves the reading there. `unreadOf` is the recount from the log.
 */
export class History {
  readonly conversationId = newConversation()
  readonly conversationEvents: ConversationEvent[] = []
  readonly messageEvents: AnyIntegrationEvent[] = []
  readonly #sent: Sent[] = []
  readonly #readings = new Map<UserId, number>()
  #members: UserId[]
  #version = 1
  #seq = 1
  #time = Date.parse('2026-11-24T10:00:00Z')

  constructor(
    private readonly people: readonly UserId[],
    steps: readonly Step[],
  ) {
    this.#members = people.slice(0, 2)
    const members = this.#members.map((userId) => ({ userId, role: 'member' as const }))
    const common = { conversationId: this.conversationId, streamVersion: 1, actorId: this.#members[0] ?? randomUUID() }
    this.conversationEvents.push(
      integrationEvent('ConversationStarted', { ...common, kind: 'group', title: null, members }, this.#origin()),
    )
    for (const step of steps) this.#play(step)
  }

  /** As the owner would describe it at the end. */
  get membership(): Membership {
    return {
      conversationId: this.conversationId,
      version: this.#version,
      members: this.#members.map((userId) => ({ userId, role: 'member' })),
    }
  }

  unreadOf(userId: UserId): number {
    if (!this.#members.includes(userId)) return 0
    const read = this.#readings.get(userId) ?? 0
    return this.#sent.filter(({ seq, authorId }) => authorId !== userId && seq > read).length
  }

  #play({ type, by }: Step): void {
    const userId = this.people[by % this.people.length]
    if (userId === undefined || this.#members.includes(userId) === (type === 'join')) return
    this.#time += 60_000
    if (type === 'send') this.#send(userId)
    else if (type === 'read') this.#read(userId, this.#seq)
    else if (type === 'join') this.#join(userId)
    else this.#leave(userId)
  }

  #send(authorId: UserId): void {
    const { conversationId } = this
    const seq = (this.#seq += 1)
    this.#sent.push({ seq, authorId })
    const data = { conversationId, seq, messageId: randomUUID(), authorId, excerpt: 'Hello' }
    this.messageEvents.push(integrationEvent('MessageSent', data, this.#origin()))
  }

  #read(userId: UserId, seq: number): void {
    this.#readings.set(userId, Math.max(seq, this.#readings.get(userId) ?? 0))
    this.messageEvents.push(
      integrationEvent('MessageRead', { conversationId: this.conversationId, userId, seq }, this.#origin()),
    )
  }

  #join(userId: UserId): void {
    const actorId = this.#members[0] ?? userId
    this.#members = [...this.#members, userId]
    const data = { ...this.#next(), actorId, memberId: userId, role: 'member' as const }
    this.conversationEvents.push(integrationEvent('MemberJoined', data, this.#origin()))
    this.#read(userId, this.#seq)
  }

  #leave(userId: UserId): void {
    this.#members = this.#members.filter((id) => id !== userId)
    this.conversationEvents.push(
      integrationEvent(
        'MemberLeft',
        { ...this.#next(), actorId: userId, memberId: userId, heirId: null },
        this.#origin(),
      ),
    )
  }

  #next() {
    this.#seq += 1
    this.#version += 1
    return { conversationId: this.conversationId, streamVersion: this.#version }
  }

  #origin() {
    return { id: randomUUID(), source: '/subgraphs/test', subject: this.conversationId, time: new Date(this.#time) }
  }
}
