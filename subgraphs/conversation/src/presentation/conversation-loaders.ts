import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { type ConversationId, conversationId } from '@parley/kernel/ids'
import type { GraphQLContext } from '@parley/platform/auth/viewer'
import DataLoader from 'dataloader'
import type { ConversationSummary, MemberSummary } from '../application/conversation-directory'
import { GetConversations } from '../application/get-conversations'
import { GetMembers } from '../application/get-members'

interface Loaders {
  readonly conversations: DataLoader<ConversationId, ConversationSummary | null>
  readonly members: DataLoader<ConversationId, readonly MemberSummary[]>
}

/** They batch but do not cache: a mutation after another in one operation must see the effect of the first. */
const options = { cache: false, maxBatchSize: 1_000 } as const

/** Lookups of one operation in the same tick are read at once. */
@Injectable()
export class ConversationLoaders {
  readonly #byOperation = new WeakMap<GraphQLContext, Loaders>()

  constructor(private readonly queries: QueryBus) {}

  /** null if it does not exist, and if the viewer is not a member. */
  conversation(operation: GraphQLContext, id: string): Promise<ConversationSummary | null> {
    return this.#loadersOf(operation).conversations.load(conversationId(id))
  }

  members(operation: GraphQLContext, id: string): Promise<readonly MemberSummary[]> {
    return this.#loadersOf(operation).members.load(conversationId(id))
  }

  /** The member of a direct conversation who is not the viewer; null for a group. */
  async peerId(operation: GraphQLContext, { id, kind }: Pick<ConversationSummary, 'kind'> & { id: string }) {
    if (kind === 'group') return null
    const members = await this.members(operation, id)
    return members.find(({ userId }) => userId !== operation.viewer?.userId)?.userId ?? null
  }

  #loadersOf(operation: GraphQLContext): Loaders {
    const known = this.#byOperation.get(operation)
    if (known !== undefined) return known
    const { viewer } = operation
    const loaders: Loaders = {
      conversations: new DataLoader(
        async (ids) =>
          viewer === null ? ids.map(() => null) : this.queries.execute(new GetConversations(viewer.userId, ids)),
        options,
      ),
      members: new DataLoader((ids) => this.queries.execute(new GetMembers(ids)), options),
    }
    this.#byOperation.set(operation, loaders)
    return loaders
  }
}
