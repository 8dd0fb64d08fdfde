'use client'

import type { Quote } from './model/events'
import { usePlace } from './place'
import { useTimelines } from './timeline-provider'
import { useJump } from './use-jump'

/** Goes to a quoted message: in the list of its thread when that is open, else in the conversation. */
export function useJumpToQuote(conversationId: string): (quote: Quote) => void {
  const { stores } = useTimelines()
  const { threadId } = usePlace()
  const jump = useJump()
  return (quote) => {
    if (threadId !== null && quote.threadId === threadId && quote.threadLine !== null) {
      void stores.thread(conversationId, threadId).replies.reading.jumpTo({ line: quote.threadLine })
      return
    }
    jump(conversationId, { messageId: quote.id })
  }
}
