import { createStore, del, set, values } from 'idb-keyval'
import { changeKey, type ChangeStorage } from '../model/change-store'
import type { PendingChange } from '../model/changes'

/** One database per user. A browser without IndexedDB keeps changes until the tab is closed. */
export function changeStorage(viewerId: string): ChangeStorage {
  const store = createStore(`parley-changes-${viewerId}`, 'changes')
  const tolerate = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined)
  return {
    load: () => values<PendingChange>(store).catch(() => []),
    save: (pending) => tolerate(set(changeKey(pending), pending, store)),
    remove: (pending) => tolerate(del(changeKey(pending), store)),
  }
}
