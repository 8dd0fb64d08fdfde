import { accountExpectations } from './account-expectations.ts'
import { conversationExpectations } from './conversation-expectations.ts'
import type { Expectations } from './expectation.ts'
import { messageExpectations } from './message-expectations.ts'

/** Variables and expected parts, one row for each operation of the web client. */
export const expectations: Expectations = {
  ...accountExpectations,
  ...conversationExpectations,
  ...messageExpectations,
}
