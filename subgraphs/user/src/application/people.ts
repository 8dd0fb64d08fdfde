import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'

/** Reads the public data of accounts. */
export abstract class People {
  /** The users that exist of these ids, in no particular order. */
  abstract byIds(ids: readonly UserId[]): Promise<readonly User[]>
  /**
   * At most `limit` users other than `except` whose username, or a word of whose name, starts with `prefix`: best match
   * first, then by id.
   */
  abstract find(prefix: string, except: UserId, limit: number): Promise<readonly User[]>
}
