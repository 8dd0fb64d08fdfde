import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { type UserId, userId } from '@parley/kernel/ids'
import type { GraphQLContext } from '@parley/platform/auth/viewer'
import DataLoader from 'dataloader'
import { maxFollowed } from '../application/follow-presence'
import { GetPresence } from '../application/get-presence'
import { GetUsers } from '../application/get-users'
import type { User } from '../domain/account'
import type { Presence } from '../domain/presence'

interface Loaders {
  readonly users: DataLoader<UserId, User | null>
  /** As the viewer of the operation may see it. */
  readonly presence: DataLoader<UserId, Presence | null>
}

/** All users that one operation refers to are read at once, each of them once. */
@Injectable()
export class UserLoaders {
  readonly #byOperation = new WeakMap<GraphQLContext, Loaders>()

  constructor(private readonly queries: QueryBus) {}

  load(operation: GraphQLContext, id: string): Promise<User | null> {
    return this.#loadersOf(operation).users.load(userId(id))
  }

  presence(operation: GraphQLContext, id: string): Promise<Presence | null> {
    return this.#loadersOf(operation).presence.load(userId(id))
  }

  #loadersOf(operation: GraphQLContext): Loaders {
    const known = this.#byOperation.get(operation)
    if (known !== undefined) return known
    const viewerId = operation.viewer?.userId ?? null
    const loaders: Loaders = {
      users: new DataLoader((ids: readonly UserId[]) => this.queries.execute(new GetUsers(ids)), {
        maxBatchSize: 1_000,
      }),
      presence: new DataLoader(
        async (ids: readonly UserId[]) =>
          viewerId === null ? ids.map(() => null) : this.queries.execute(new GetPresence(viewerId, ids, new Date())),
        { maxBatchSize: maxFollowed },
      ),
    }
    this.#byOperation.set(operation, loaders)
    return loaders
  }
}
