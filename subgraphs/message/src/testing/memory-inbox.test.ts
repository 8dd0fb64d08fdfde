import { inboxContract } from './inbox.contract'
import { MemoryInbox } from './memory-inbox'

describe('the inbox of tests', () => {
  const inbox = new MemoryInbox()
  inboxContract(() => [inbox, inbox])
})
