'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { useVisible } from '../../lib/use-visible'
import type { OutboxState } from './model/outbox-state'
import { ownClientIds, quotingNewest, type RowsInput } from './model/rows'
import { earlierThan, laterThan, readLines } from './model/timeline-state'
import type { TimelineStore } from './model/timeline-store'
import type { ListProps } from './timeline-list'
import { useTimelines } from './timeline-provider'
import { useAnnounceArrivals } from './use-announce-arrivals'
import { useUnreadDivider } from './use-reading'
import { useShownLines } from './use-shown-lines'
import { useUnseen } from './use-unseen'

interface Options {
  readonly conversationId: string
  readonly store: TimelineStore
  /** Those of the unsent messages that belong to the list. Stable. */
  readonly echoesIn: (unsent: OutboxState) => OutboxState
  /** The line after which the viewer keeps it unread; null when they do not. */
  readonly kept?: number | null
  /** Something else is before it, so that nobody reads it. */
  readonly covered?: boolean
  /** The viewer has written in it. */
  readonly onWritten?: () => void
}

interface MessageList {
  /** What its rows are made of. */
  readonly content: RowsInput
  readonly list: ListProps
  /** Another list has begun: its rows are new. */
  readonly generation: number
}

/** What is the same in the list of a conversation and in that of a thread. */
export function useMessageList(options: Options): MessageList {
  const { conversationId, store, echoesIn, kept = null, covered = false, onWritten } = options
  const { reading } = store
  const { outbox, changes, bookmarks } = useTimelines()
  const viewer = useViewer()
  const visible = useVisible() && !covered
  const { state, loadingEarlier, loadingLater, readLine, target, seeking, generation } = useStore(store)
  const unsent = useStore(outbox)
  const { quotes } = state
  const read = readLines(state)
  useEffect(() => bookmarks.open(conversationId), [bookmarks, conversationId])
  const events = useShownLines(conversationId, read.toArray())
  const hasEarlier = earlierThan(state) !== null
  const hasLater = laterThan(state) !== null
  // What is not sent yet stands at the end.
  const waiting = useMemo(() => (hasLater ? [] : echoesIn(unsent)), [unsent, echoesIn, hasLater])
  const echoes = useMemo(() => quotingNewest(waiting, state), [waiting, state])
  const lastLine = state.lines.last
  const [found, dropFound] = useUnreadDivider({ ready: readLine !== null, lastLine, readLine, visible })
  const unread = kept ?? found
  const divider = hasLater && unread !== null && unread < read.first - 1 ? null : unread
  const content = useMemo(
    () => ({ events, echoes, quotes, viewer, readLine: divider, complete: !hasEarlier }),
    [events, echoes, quotes, viewer, divider, hasEarlier],
  )
  const [isLow, setLow] = useState(true)
  const onBottom = useCallback(
    (low: boolean) => {
      setLow(low)
      reading.reached(low)
    },
    [reading],
  )
  const atBottom = isLow && !hasLater
  const newest = state.lines.toArray()
  const unseen = useUnseen(newest, viewer.id, atBottom)

  useEffect(() => outbox.remove(ownClientIds(newest, viewer)), [outbox, newest, viewer])
  useEffect(() => changes.settle([...newest, ...events]), [changes, newest, events])
  useAnnounceArrivals(newest, viewer.id)
  const written = echoes.length > 0
  useEffect(() => {
    if (!written) return
    dropFound()
    onWritten?.()
  })

  const list = {
    firstLine: read.first,
    lastLine,
    hasEarlier,
    loadingEarlier,
    onEarlier: () => void reading.loadEarlier(),
    hasLater,
    loadingLater,
    onLater: () => void reading.loadLater(),
    onNewest: () => reading.showNewest(),
    target,
    onUnread: unread !== null && unread + 1 < read.first ? () => void reading.jumpTo({ line: unread + 1 }) : null,
    atBottom,
    onBottom,
    unseen,
    // Who goes elsewhere does not read what is still here.
    visible: visible && !seeking,
  }
  return { content, list, generation }
}
