'use client'

import { openedPane, useSidePane } from '../../lib/side-pane'
import { useMedia } from '../../lib/use-media'

/** The opposite of Tailwind's `lg`. */
const noRoomBeside = '(width < 64rem)'

/** Whether what is open beside the conversation is before it: who reads that does not read the conversation. */
export function useCovered(): boolean {
  const hasNoRoom = useMedia(noRoomBeside)
  return useSidePane() !== null && hasNoRoom
}

/** The same, as it is now. */
export const isCovered = (): boolean => openedPane() !== null && window.matchMedia(noRoomBeside).matches
