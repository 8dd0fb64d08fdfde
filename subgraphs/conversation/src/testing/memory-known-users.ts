import type { UserId } from '@parley/kernel/ids'
import { KnownUsers } from '../application/known-users'
import { UserOwner } from '../application/user-owner'

export class MemoryKnownUsers extends KnownUsers {
  readonly #ids = new Set<UserId>()

  override async among(ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    return new Set(ids.filter((id) => this.#ids.has(id)))
  }

  override async add(ids: readonly UserId[]): Promise<void> {
    for (const id of ids) this.#ids.add(id)
  }
}

export class MemoryUserOwner extends UserOwner {
  readonly accounts = new Set<UserId>()
  /** The requests, one by one. */
  readonly asked: (readonly UserId[])[] = []

  override async existing(ids: readonly UserId[]): Promise<readonly UserId[]> {
    this.asked.push(ids)
    return ids.filter((id) => this.accounts.has(id))
  }
}
