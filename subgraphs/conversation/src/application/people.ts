import { Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import { KnownUsers } from './known-users'
import { UserOwner } from './user-owner'

/** Whether users exist: known from events, and asked of their owner for users who may have registered just now. */
@Injectable()
export class People {
  constructor(
    private readonly known: KnownUsers,
    private readonly owner: UserOwner,
  ) {}

  /** Rejects with UNKNOWN_PERSON and the id that does not exist. */
  async assertExist(ids: readonly UserId[]): Promise<void> {
    const unknown = without(ids, await this.known.among(ids))
    if (unknown.length === 0) return
    const confirmed = await this.owner.existing(unknown)
    await this.known.add(confirmed)
    const [missing] = without(unknown, new Set(confirmed))
    if (missing !== undefined)
      throw new DomainError('input', 'UNKNOWN_PERSON', `There is no account with the id ${missing}.`)
  }
}

const without = (ids: readonly UserId[], known: ReadonlySet<UserId>): readonly UserId[] =>
  ids.filter((id) => !known.has(id))
