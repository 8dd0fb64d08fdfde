'use client'

import { useViewer } from '../../lib/session/use-session'
import type { Message } from './model/events'
import { shownReactions } from './model/reactions'

/** The reactions to a message as the viewer sees them. */
export function useReactions(message: Message) {
  return shownReactions(message.reactions, useViewer().id)
}
