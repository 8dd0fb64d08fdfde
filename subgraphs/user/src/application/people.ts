import type { UserId } from '@parley/kernel/ids'
import type { User } from '../domain/account'

/** Reading what is public of accounts. */
export abstract class People {
  /** Those of the ids that there are, in no order. */
  abstract byIds(ids: readonly UserId[]): Promise<readonly User[]>
  /** At most `limit` people other than `except` whose username or a word of whose name begins with `prefix`, best first, equal ones by id. */
  abstract find(prefix: string, except: UserId, limit: number): Promise<readonly User[]>
}
