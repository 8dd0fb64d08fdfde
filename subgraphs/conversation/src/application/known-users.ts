import type { UserId } from '@parley/kernel/ids'

/** This subgraph's replica of the existing accounts. It may lag behind, but never contains one that does not exist. */
export abstract class KnownUsers {
  abstract among(ids: readonly UserId[]): Promise<ReadonlySet<UserId>>

  /** Idempotent. */
  abstract add(ids: readonly UserId[]): Promise<void>
}
