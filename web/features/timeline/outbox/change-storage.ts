import { tableOf } from '../../../lib/device/tables'
import { changeKey, type ChangeStorage } from '../model/change-store'
import type { PendingChange } from '../model/changes'

/** A browser that keeps nothing has its changes until the tab is closed. */
export function changeStorage(viewerId: string): ChangeStorage {
  const table = tableOf<PendingChange>(viewerId, 'changes')
  return {
    load: async () => (await table.all()).map(([, pending]) => pending),
    save: (pending) => table.put(changeKey(pending), pending),
    remove: (pending) => table.remove(changeKey(pending)),
  }
}
