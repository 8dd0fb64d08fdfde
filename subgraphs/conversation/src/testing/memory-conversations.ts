import { fold } from '@parley/kernel/decider'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import {
  ConversationDirectory,
  type ConversationSummary,
  type ListedConversation,
  type ListPosition,
  type MemberSummary,
} from '../application/conversation-directory'
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

/** Streams in memory, and what people see of them worked out from the streams each time. */
export class MemoryConversations extends Conversations {
  readonly streams = new Map<ConversationId, readonly MemoryEvent[]>()

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
  ): Promise<readonly ListedConversation[]> {
    const listed = this.#all().flatMap(({ summary, members }) =>
      members.flatMap(({ userId, joinedAt }) => (userId === viewer ? [{ joinedAt, conversation: summary }] : [])),
    )
    return listed
      .sort((a, b) => ascending(placeOf(b), placeOf(a)))
      .filter((one) => after === null || placeOf(one) < key(after))
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
      return state === null ? [] : [{ summary: summaryOf(id, state, stream), members: membersOf(state, stream) }]
    })
  }
}

const stateOf = (stream: readonly MemoryEvent[]) =>
  fold(
    conversationFold,
    stream.map(({ event }) => event),
  )

const summaryOf = (
  id: ConversationId,
  { kind, title, members }: Conversation,
  stream: readonly MemoryEvent[],
): ConversationSummary => ({
  id,
  kind,
  title,
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

const key = ({ joinedAt, id }: ListPosition): string => `${joinedAt.toISOString()}/${id}`
const placeOf = ({ joinedAt, conversation }: ListedConversation): string => key({ joinedAt, id: conversation.id })
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
