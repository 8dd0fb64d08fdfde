import { tableOf } from '../../../lib/device/tables'
import type { OutboxItem } from '../model/outbox-state'
import type { OutboxStorage } from './outbox'

/** A browser that keeps nothing still sends; only the storage beyond the tab is missing. */
export function indexedDbStorage(viewerId: string): OutboxStorage {
  const table = tableOf<OutboxItem>(viewerId, 'outbox')
  return {
    // UUIDv7 ids sort by the time of writing.
    load: async () => (await table.all()).map(([, item]) => item),
    save: (item) => table.put(item.clientId, item),
    remove: (clientId) => table.remove(clientId),
  }
}
