import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'
import { searchPrefix } from '../domain/search-terms'
import { People } from './people'

export const maxFound = 25

export class FindUsers extends Query<readonly User[]> {
  constructor(
    readonly viewerId: UserId,
    readonly query: string,
    readonly first: number,
  ) {
    super()
  }
}

@QueryHandler(FindUsers)
export class FindUsersHandler implements IQueryHandler<FindUsers> {
  constructor(private readonly people: People) {}

  async execute({ viewerId, query, first }: FindUsers): Promise<readonly User[]> {
    if (first < 1 || first > maxFound) {
      throw new DomainError('input', 'INVALID_INPUT', `A search brings 1 to ${maxFound} people at a time.`)
    }
    const prefix = searchPrefix(query)
    return prefix === '' ? [] : this.people.find(prefix, viewerId, first)
  }
}
