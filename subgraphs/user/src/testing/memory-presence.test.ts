import { MemoryPresenceRecords } from './memory-presence'
import { presenceRecordsContract } from './presence-records.contract'

describe('presence in memory', () => {
  const records = new MemoryPresenceRecords()
  presenceRecordsContract(() => records)
})
