import type { UserId } from '@parley/kernel/ids'

/** Who may see whose presence and status: people who share a conversation. */
export abstract class Circle {
  /** Those of `ids` who share a conversation with the viewer. The viewer is not among them. */
  abstract among(viewerId: UserId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>>
}
