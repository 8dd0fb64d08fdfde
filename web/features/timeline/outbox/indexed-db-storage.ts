import { createStore, del, entries, set } from 'idb-keyval'
import type { OutboxItem } from '../model/outbox-state'
import type { OutboxStorage } from './outbox'

/** One database per user, so that two users of one browser never send each other's messages. */
export function indexedDbStorage(viewerId: string): OutboxStorage {
  const store = createStore(`parley-outbox-${viewerId}`, 'items')
  // A browser without IndexedDB (private windows of some) still sends; only the storage beyond the tab is missing.
  const tolerate = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined)
  return {
    load: async () => {
      const rows = await entries<string, OutboxItem>(store).catch(() => [])
      // UUIDv7 ids sort by the time of writing.
      return rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
    },
    save: (item) => tolerate(set(item.clientId, item, store)),
    remove: (clientId) => tolerate(del(clientId, store)),
  }
}
