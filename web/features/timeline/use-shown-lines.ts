'use client'

import { useMemo } from 'react'
import { useViewer } from '../../lib/session/use-session'
import { useStore, useStorePart } from '../../lib/use-store'
import { withBookmarks } from './model/bookmark-store'
import { withChanges } from './model/changes'
import type { LineEvent } from './model/events'
import { useTimelines } from './timeline-provider'

const none: ReadonlySet<string> = new Set()

/** Lines of a conversation as the viewer sees them: with their bookmarks, and with what they want that is under way. */
export function useShownLines(conversationId: string, lines: readonly LineEvent[]): readonly LineEvent[] {
  const { bookmarks, changes } = useTimelines()
  const { id: viewerId } = useViewer()
  const bookmarked = useStorePart(bookmarks, (all) => all.get(conversationId) ?? none)
  const pending = useStore(changes)
  return useMemo(
    () => withChanges(withBookmarks(lines, bookmarked), pending, viewerId),
    [lines, bookmarked, pending, viewerId],
  )
}
