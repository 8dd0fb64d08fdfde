import { fold } from '@parley/kernel/decider'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import {
  ConversationDirectory,
  type ConversationSummary,
  type ListPosition,
  type MemberSummary,
} from '../application/conversation-directory'
import { ConversationActivity } from '../application/record-activity'
import { Conversations, type DescribedConversation, type Metadata } from '../application/conversations'
import {
  type Conversation,
  type ConversationCommand,
  type ConversationEvent,
  conversationFold,
} from '../domain/conversation'

interface MemoryEvent {
  readonly event: ConversationEvent
  readonly at: Date
}

/** Streams in memory; the read models are computed from the streams each time. */
export class MemoryConversations extends Conversations {
  readonly streams = new Map<ConversationId, readonly MemoryEvent[]>()
  readonly messages = new Map<ConversationId, Date>()

  override async handle(id: ConversationId, command: ConversationCommand, { at }: Metadata): Promise<void> {
    const stream = this.streams.get(id) ?? []
    const decided = command(stateOf(stream))
    if (decided.length > 0) this.streams.set(id, [...stream, ...decided.map((event) => ({ event, at }))])
  }

  override async describe(id: ConversationId): Promise<DescribedConversation | null> {
    const stream = this.streams.get(id) ?? []
    const conversation = stateOf(stream)
    return conversation === null ? null : { conversation, version: stream.length }
  }
}

export class MemoryConversationDirectory extends ConversationDirectory {
  constructor(private readonly conversations: MemoryConversations) {
    super()
  }

  override async visibleTo(viewer: UserId, ids: readonly ConversationId[]): Promise<readonly ConversationSummary[]> {
    return this.#all().flatMap(({ summary, members }) =>
      ids.includes(summary.id) && members.some(({ userId }) => userId === viewer) ? [summary] : [],
    )
  }

  override async listOf(
    viewer: UserId,
    after: ListPosition | null,
    limit: number,
  ): Promise<readonly ConversationSummary[]> {
    const listed = this.#all().flatMap(({ summary, members }) =>
      members.some(({ userId }) => userId === viewer) ? [summary] : [],
    )
    return listed
      .sort((a, b) => ascending(key(b), key(a)))
      .filter((one) => after === null || key(one) < key(after))
      .slice(0, limit)
  }

  override async membersOf(
    ids: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, readonly MemberSummary[]>> {
    const wanted = this.#all().filter(({ summary, members }) => ids.includes(summary.id) && members.length > 0)
    return new Map(wanted.map(({ summary, members }) => [summary.id, members]))
  }

  #all(): { summary: ConversationSummary; members: readonly MemberSummary[] }[] {
    return [...this.conversations.streams].flatMap(([id, stream]) => {
      const state = stateOf(stream)
      if (state === null) return []
      const lastActivityAt = latest([...stream.map(({ at }) => at), this.conversations.messages.get(id) ?? new Date(0)])
      return [{ summary: { ...summaryOf(id, state, stream), lastActivityAt }, members: membersOf(state, stream) }]
    })
  }
}

export class MemoryActivity extends ConversationActivity {
  constructor(private readonly conversations: MemoryConversations) {
    super()
  }

  override async record(id: ConversationId, at: Date): Promise<void> {
    const known = this.conversations.messages.get(id)
    if (this.conversations.streams.has(id))
      this.conversations.messages.set(id, known === undefined ? at : latest([known, at]))
  }
}

const latest = (instants: readonly Date[]): Date => new Date(Math.max(...instants.map((at) => at.getTime())))

const stateOf = (stream: readonly MemoryEvent[]) =>
  fold(
    conversationFold,
    stream.map(({ event }) => event),
  )

const summaryOf = (
  id: ConversationId,
  { kind, title, topic, members }: Conversation,
  stream: readonly MemoryEvent[],
): Omit<ConversationSummary, 'lastActivityAt'> => ({
  id,
  kind,
  title,
  topic,
  memberCount: members.length,
  createdAt: stream[0]?.at ?? new Date(0),
})

const membersOf = ({ members }: Conversation, stream: readonly MemoryEvent[]): readonly MemberSummary[] =>
  members.map(({ userId, role }) => ({
    userId,
    role,
    joinedAt: stream.findLast(({ event }) => joins(event, userId))?.at ?? new Date(0),
  }))

const joins = ({ type, data }: ConversationEvent, userId: UserId): boolean =>
  type === 'ConversationStarted'
    ? data.members.some((member) => member.userId === userId)
    : type === 'MemberJoined' && data.memberId === userId

const key = ({ lastActivityAt, id }: ListPosition): string => `${lastActivityAt.toISOString()}/${id}`
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
