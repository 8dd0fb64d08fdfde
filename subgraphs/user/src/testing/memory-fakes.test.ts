import { directoryContract } from './directory.contract'
import { MemoryDirectory } from './memory-directory'
import { MemorySessions } from './memory-sessions'
import { newUserId } from './sample-accounts'
import { sessionsContract } from './sessions.contract'

describe('MemorySessions', () => {
  const sessions = new MemorySessions()
  sessionsContract(
    () => sessions,
    () => Promise.resolve(newUserId()),
  )
})

describe('MemoryDirectory', () => {
  const { accounts, people, events } = new MemoryDirectory()
  directoryContract(() => ({
    accounts,
    people,
    eventsOf: (userId) => Promise.resolve(events.filter(({ subject }) => subject === userId)),
  }))
})
