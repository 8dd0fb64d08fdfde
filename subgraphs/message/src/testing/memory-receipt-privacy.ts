import type { UserId } from '@parley/kernel/ids'
import { ReceiptPrivacy } from '../application/read-positions'

export class MemoryReceiptPrivacy extends ReceiptPrivacy {
  readonly #hidden = new Set<UserId>()

  hidden(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    return Promise.resolve(new Set(userIds.filter((userId) => this.#hidden.has(userId))))
  }

  setHidden(userId: UserId, isHidden: boolean): Promise<void> {
    if (isHidden) this.#hidden.add(userId)
    else this.#hidden.delete(userId)
    return Promise.resolve()
  }
}
