'use client'

import type { RefObject } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAttention } from '../../lib/use-attention'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import type { OutboxState } from './model/outbox-state'
import type { Place, Target } from './model/reading'
import type { LineRange, ReadingProgress } from './model/reading-progress'
import { ownClientIds, quotingNewest, type RowsInput } from './model/rows'
import { earlierThan, laterThan, readLines } from './model/timeline-state'
import type { TimelineStore } from './model/timeline-store'
import { useTimelines } from './timeline-provider'
import { useAnnounceArrivals } from './use-announce-arrivals'
import { useReadingProgress } from './use-reading'
import { useShownLines } from './use-shown-lines'
import { type Unread, useUnread } from './use-unread'
import { useUnreadDivider } from './use-unread-divider'

interface Options {
  readonly conversationId: string
  /** The thread whose list it is; absent for that of the conversation. */
  readonly threadId?: string
  readonly store: TimelineStore
  /** Those of the unsent messages that belong to the list. Stable. */
  readonly echoesIn: (unsent: OutboxState) => OutboxState
  /** The line after which the viewer keeps it unread; null when they do not. */
  readonly kept?: number | null
  /** The viewer says that all of it is read. */
  readonly onRead?: () => void
  /** Something else is before it, so that nobody reads it. */
  readonly covered?: boolean
}

/** What the list does, in a conversation and in a thread. */
export interface ListProps {
  readonly firstLine: number
  readonly hasEarlier: boolean
  readonly loadingEarlier: boolean
  readonly onEarlier: () => void
  /** Shows the beginning of the conversation. */
  readonly onBeginning: () => void
  /** What is shown does not reach the end of the conversation. */
  readonly hasLater: boolean
  readonly loadingLater: boolean
  readonly onLater: () => void
  /** Shows the end of the conversation. */
  readonly onNewest: () => void
  readonly target: Target | null
  readonly place: Place | null
  readonly onStand: (place: Place | null) => void
  readonly atBottom: boolean
  readonly onBottom: (atBottom: boolean) => void
  readonly progress: ReadingProgress
  /** Somebody sees what is on the screen. */
  readonly isSeen: boolean
  readonly onLook: (onScreen: LineRange | null) => void
  readonly unread: Unread
  /** The list that was replaced by this one had the focus. */
  readonly hadFocus: RefObject<boolean>
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
  const { conversationId, threadId = null, store, echoesIn, kept = null, covered = false, onRead } = options
  const { reading } = store
  const { outbox, changes, bookmarks } = useTimelines()
  const viewer = useViewer()
  const isThere = useAttention() && !covered
  const { state, loadingEarlier, loadingLater, opened, target, seeking, generation } = useStore(store)
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
  // Who goes elsewhere does not read what is still here.
  const isSeen = isThere && !seeking && kept === null
  const { progress, told } = useReadingProgress({ conversationId, threadId, opened, lastLine, isRead: isSeen })
  const { through } = useStore(progress)
  const found = useUnreadDivider({ opened, lastLine, through, isThere })
  const divided = kept ?? found
  // Before the line of the divider is loaded it would stand in another place.
  const divider = divided !== null && divided + 1 < read.first && hasEarlier ? null : divided
  const content = useMemo(
    () => ({ events, echoes, quotes, viewer, readLine: divider, complete: !hasEarlier }),
    [events, echoes, quotes, viewer, divider, hasEarlier],
  )
  const unread = useUnread({ store, progress, told, hasDivider: divided !== null, onRead })
  const [isLow, setLow] = useState(true)
  const onBottom = useCallback(
    (low: boolean) => {
      setLow(low)
      reading.reached(low)
    },
    [reading],
  )
  const onLook = useCallback(
    (onScreen: LineRange | null) => progress.look({ onScreen, isSeen, lastLine }),
    [progress, isSeen, lastLine],
  )
  const newest = state.lines.toArray()
  useEffect(() => outbox.remove(ownClientIds(newest, viewer)), [outbox, newest, viewer])
  useEffect(() => changes.settle([...newest, ...events]), [changes, newest, events])
  useAnnounceArrivals(newest, viewer.id)

  const list = {
    firstLine: read.first,
    hasEarlier,
    loadingEarlier,
    onEarlier: () => void reading.loadEarlier(),
    onBeginning: () => void reading.jumpTo({ line: 1 }),
    hasLater,
    loadingLater,
    onLater: () => void reading.loadLater(),
    onNewest: () => reading.showNewest(),
    target,
    place: reading.place,
    onStand: (place: Place | null) => reading.stand(place),
    atBottom: isLow && !hasLater,
    onBottom,
    progress,
    isSeen,
    onLook,
    unread,
    hadFocus: useRef(false),
  }
  return { content, list, generation }
}
