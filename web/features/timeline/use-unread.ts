'use client'

import { useEffect, useRef } from 'react'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import type { Lines } from './model/lines'
import type { ReadingProgress } from './model/reading-progress'
import type { TimelineStore } from './model/timeline-store'
import { unreadCount } from './model/unread-count'
import type { ToldReadState } from './use-reading'

/** What is unread in an open list, and what can be done about it. */
export interface Unread {
  readonly count: number
  /** When the first unread message was sent; null while that is not loaded. */
  readonly since: string | null
  /** So much is unread that a bar says so. */
  readonly hasBar: boolean
  /** Where the first unread line is, from what is on the screen. */
  readonly lies: 'above' | 'here' | 'below'
  readonly onJump: () => void
  readonly onRead: () => void
}

interface Input {
  readonly store: TimelineStore
  readonly progress: ReadingProgress
  readonly told: ToldReadState | null
  /** Something was unread when it was opened, or came while nobody looked. */
  readonly hasDivider: boolean
  readonly onRead: (() => void) | undefined
}

export function useUnread({ store, progress, told, hasDivider, onRead }: Input): Unread {
  const { state } = useStore(store)
  const { through, onScreen, isBehind } = useStore(progress)
  const { id: viewerId } = useViewer()
  const lastLine = state.lines.last
  const loaded: readonly Lines[] = state.window === null ? [state.lines] : [state.window.lines, state.lines]
  const count = unreadCount({ told, through, lastLine, loaded, viewerId })
  const first = through + 1
  const since = useTimeOf(loaded, first)
  const isAbove = onScreen !== null && first < onScreen.first
  const isBelow = onScreen !== null && first > onScreen.last + 1
  const notAbove = isBelow ? 'below' : 'here'
  return {
    count,
    since,
    hasBar: isBehind && count > 0 && (hasDivider || !isBelow),
    lies: isAbove ? 'above' : notAbove,
    onJump: () => void store.reading.jumpTo({ unreadLine: first }),
    onRead: () => {
      onRead?.()
      progress.finish(lastLine)
    },
  }
}

/** When a line was sent, which may have been loaded only a while ago. */
function useTimeOf(loaded: readonly Lines[], line: number): string | null {
  const known = useRef<{ readonly line: number; readonly at: string } | null>(null)
  const at = loaded.map((lines) => lines.at(line)?.at).find((found) => found !== undefined)
  useEffect(() => {
    if (at !== undefined) known.current = { line, at }
  }, [line, at])
  return at ?? (known.current?.line === line ? known.current.at : null)
}
