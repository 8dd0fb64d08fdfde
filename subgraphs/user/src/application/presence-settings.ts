import type { UserId } from '@parley/kernel/ids'
import type { PresenceSettings } from '../domain/presence'
import type { Status } from '../domain/status'

/** What people have set about their presence. */
export abstract class AllPresenceSettings {
  /** In the order of the ids. */
  abstract read(ids: readonly UserId[]): Promise<readonly PresenceSettings[]>
  /** Each returns false when there is no such account. */
  abstract setStatus(userId: UserId, status: Status | null): Promise<boolean>
  abstract setHidden(userId: UserId, isHidden: boolean): Promise<boolean>
}
