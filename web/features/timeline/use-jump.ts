'use client'

import { useParams, useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { closeSidePane } from '../../lib/side-pane'
import type { Destination } from './model/reading'
import { useTimelines } from './timeline-provider'
import { isCovered } from './use-covered'

/**
 * Goes to a message, a line or a date of a conversation, which is opened if it is not: scrolls there and points the
 * message out. What is not loaded is loaded; if it is not there, the timeline says so.
 */
export function useJump(): (conversationId: string, destination: Destination) => void {
  const { stores } = useTimelines()
  const router = useRouter()
  const { id: openId } = useParams<{ id?: string }>()
  return useCallback(
    (conversationId, destination) => {
      void stores.of(conversationId).reading.jumpTo(destination)
      if (conversationId !== openId) router.push(`/c/${conversationId}`)
      else if (isCovered()) closeSidePane(conversationId)
    },
    [stores, router, openId],
  )
}
