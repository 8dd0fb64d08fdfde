import { MemoryTimelineLog } from './memory-timeline-log'
import { timelineLogContract } from './timeline-log.contract'

describe('MemoryTimelineLog', () => {
  const log = new MemoryTimelineLog()
  timelineLogContract(
    () => [log],
    () => log,
  )
})
