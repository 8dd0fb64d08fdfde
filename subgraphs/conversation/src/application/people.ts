import { Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import { KnownUsers } from './known-users'
import { UserOwner } from './user-owner'

/** Whether people exist: known from events, and asked of their owner when somebody may have registered a moment ago. */
@Injectable()
export class People {
  constructor(
    private readonly known: KnownUsers,
    private readonly owner: UserOwner,
  ) {}

  /** Rejects with UNKNOWN_PERSON and names who is not there. */
  async assertExist(ids: readonly UserId[]): Promise<void> {
    const unknown = without(ids, await this.known.among(ids))
    if (unknown.length === 0) return
    const confirmed = await this.owner.existing(unknown)
    await this.known.add(confirmed)
    const [missing] = without(unknown, new Set(confirmed))
    if (missing !== undefined)
      throw new DomainError('input', 'UNKNOWN_PERSON', `Nobody has an account with the id ${missing}.`)
  }
}

const without = (ids: readonly UserId[], known: ReadonlySet<UserId>): readonly UserId[] =>
  ids.filter((id) => !known.has(id))
