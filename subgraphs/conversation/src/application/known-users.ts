import type { UserId } from '@parley/kernel/ids'

/** This subgraph's own copy of which accounts there are. It may lag behind, but it never names one that does not exist. */
export abstract class KnownUsers {
  abstract among(ids: readonly UserId[]): Promise<ReadonlySet<UserId>>

  /** May be told the same again. */
  abstract add(ids: readonly UserId[]): Promise<void>
}
