import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { type UserId, userId } from '@parley/kernel/ids'
import type { GraphQLContext } from '@parley/platform/auth/viewer'
import DataLoader from 'dataloader'
import { GetUsers } from '../application/get-users'
import type { User } from '../domain/account'

/** All users that one operation refers to are read at once, each of them once. */
@Injectable()
export class UserLoaders {
  readonly #byOperation = new WeakMap<GraphQLContext, DataLoader<UserId, User | null>>()

  constructor(private readonly queries: QueryBus) {}

  load(operation: GraphQLContext, id: string): Promise<User | null> {
    return this.#loaderOf(operation).load(userId(id))
  }

  #loaderOf(operation: GraphQLContext): DataLoader<UserId, User | null> {
    const known = this.#byOperation.get(operation)
    if (known !== undefined) return known
    const loader = new DataLoader((ids: readonly UserId[]) => this.queries.execute(new GetUsers(ids)), {
      maxBatchSize: 1_000,
    })
    this.#byOperation.set(operation, loader)
    return loader
  }
}
