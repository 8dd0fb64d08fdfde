import type { UserId } from '@parley/kernel/ids'

/** Asks the subgraph that owns accounts. Rejects with UNAVAILABLE when it does not answer. */
export abstract class UserOwner {
  /** Those of the ids (at most 100) that belong to an account. */
  abstract existing(ids: readonly UserId[]): Promise<readonly UserId[]>
}
