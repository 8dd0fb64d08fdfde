'use client'

import { useViewer } from '../../lib/session/use-session'
import { useStorePart } from '../../lib/use-store'
import type { Message } from './model/events'
import { noWishes } from './model/reaction-store'
import { shownReactions } from './model/reactions'
import { useTimelines } from './timeline-provider'

/** The reactions to a message as the viewer sees them, and why the last one of theirs was refused. */
export function useReactions(message: Message) {
  const viewer = useViewer()
  const { reactions } = useTimelines()
  const { wishes, problem } = useStorePart(reactions, (all) => all.get(message.id) ?? noWishes)
  return { shown: shownReactions(message.reactions, wishes, viewer.id), problem }
}
