import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'
import { People } from './people'

/** The users of these ids, in the order of the ids; null where there is none. */
export class GetUsers extends Query<readonly (User | null)[]> {
  constructor(readonly ids: readonly UserId[]) {
    super()
  }
}

@QueryHandler(GetUsers)
export class GetUsersHandler implements IQueryHandler<GetUsers> {
  constructor(private readonly people: People) {}

  async execute({ ids }: GetUsers): Promise<readonly (User | null)[]> {
    const users = await this.people.byIds(ids)
    const byId = new Map(users.map((user) => [user.id, user]))
    return ids.map((id) => byId.get(id) ?? null)
  }
}
