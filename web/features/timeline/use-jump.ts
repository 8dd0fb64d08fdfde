'use client'

import { useCallback } from 'react'
import { openPlace, placeStore } from '../../lib/navigate'
import { conversationPath } from '../../lib/place'
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
  return useCallback(
    (conversationId, destination) => {
      void stores.of(conversationId).reading.jumpTo(destination)
      const place = placeStore.get()
      const isOpen = place.kind === 'conversation' && place.id === conversationId
      if (!isOpen) openPlace(conversationPath(conversationId))
      else if (isCovered()) closeSidePane(conversationId)
    },
    [stores],
  )
}
