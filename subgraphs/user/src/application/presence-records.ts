import type { UserId } from '@parley/kernel/ids'
import type { PresenceRecord, Sign } from '../domain/presence'

/** The devices of people, kept only for as long as they count. Every method rejects while the store is away. */
export abstract class PresenceRecords {
  /** Adds or replaces the sign of a connection. Returns the record before it. */
  abstract put(userId: UserId, sign: Sign, now: number): Promise<PresenceRecord>
  /** In the order of the ids. */
  abstract read(ids: readonly UserId[]): Promise<readonly PresenceRecord[]>
}
