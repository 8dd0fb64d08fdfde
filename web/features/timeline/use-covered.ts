'use client'

import { useMedia } from '../../lib/use-media'
import { useOpenThread } from './thread-route'

/** The opposite of Tailwind's `lg`. */
const noRoomBeside = '(width < 64rem)'

/** Whether what is open beside the conversation is before it: who reads that does not read the conversation. */
export function useCovered(): boolean {
  const hasNoRoom = useMedia(noRoomBeside)
  return useOpenThread() !== null && hasNoRoom
}
