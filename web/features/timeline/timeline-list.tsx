'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Virtualizer } from 'virtua'
import { cx } from '../../lib/cx'
import { useStorePart } from '../../lib/use-store'
import type { Target } from './model/reading'
import type { Row } from './model/rows'
import { RowView } from './row-view'
import { useTimelines } from './timeline-provider'
import { useMarkRead } from './use-reading'
import { useTarget } from './use-target'
import { useTimelineScroll } from './use-timeline-scroll'
import { ToNewestContext } from './use-to-newest'
import { useWalking } from './use-walking'

interface Props extends ListProps {
  readonly conversationId: string
  /** The thread whose list it is; absent for that of the conversation. */
  readonly threadId?: string
  readonly rows: readonly Row[]
}

/** What the list does, in a conversation and in a thread. */
export interface ListProps {
  readonly firstLine: number
  /** The last one of the conversation. */
  readonly lastLine: number
  readonly hasEarlier: boolean
  readonly loadingEarlier: boolean
  readonly onEarlier: () => void
  /** What is shown does not reach the end of the conversation. */
  readonly hasLater: boolean
  readonly loadingLater: boolean
  readonly onLater: () => void
  /** Shows the end of the conversation. */
  readonly onNewest: () => void
  readonly target: Target | null
  readonly atBottom: boolean
  readonly onBottom: (atBottom: boolean) => void
  /** Goes to the first unread line; null when it is shown, or there is none. */
  readonly onUnread: (() => void) | null
  /** Messages of others that came since the reader was at the end. */
  readonly unseen: number
  readonly visible: boolean
}

/**
 * Pixels. Rows are measured before they are visible, because one that grows while it scrolls into view would move the
 * others.
 */
const measuredAhead = 900

/** The area above the oldest row has a fixed height, with and without earlier history. */
const topHeight = 96
/** The message of a thread is its first row. */
const threadTopHeight = 8

export function TimelineList(props: Props) {
  const {
    conversationId,
    threadId = null,
    rows,
    lastLine,
    hasEarlier,
    hasLater,
    target,
    atBottom,
    unseen,
    visible,
  } = props
  const top = threadId === null ? topHeight : threadTopHeight
  const scroller = useRef<HTMLDivElement>(null)
  const { list, shift, settled, onScroll, onResize, toBottom } = useTimelineScroll(props)
  useTarget({ rows, target, list, scroller, settled })
  const { editing, keptUnread } = useTimelines()
  const isKeptUnread = useStorePart(keptUnread, (kept) => threadId === null && kept?.conversationId === conversationId)
  const walk = useWalking(rows, list)
  const toNewest = hasLater ? props.onNewest : toBottom
  const editedId = useStorePart(editing, (edit) => (edit?.threadId === threadId ? edit.message.id : null))
  const rowsNow = useRef(rows)
  rowsNow.current = rows
  // Only when an edit starts: later events must not move the list.
  useEffect(() => {
    const index = rowOf(rowsNow.current, editedId)
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' })
  }, [list, editedId])
  // Before the list has its position nothing is at the bottom: a slow device needs longer for it than a reading takes.
  useMarkRead({ conversationId, threadId }, lastLine, settled && visible && atBottom && !isKeptUnread)
  return (
    <ToNewestContext value={toNewest}>
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          role="log"
          aria-label={threadId === null ? 'Messages' : 'Messages of the thread'}
          aria-live="off"
          tabIndex={0}
          onKeyDown={walk}
          className={cx(
            'flex h-full flex-col overflow-x-hidden overflow-y-auto overscroll-contain -outline-offset-2! [overflow-anchor:none]',
            !settled && 'invisible',
          )}
        >
          {threadId === null && <div className="grow" />}
          <div style={{ height: top }} className="flex shrink-0 items-end px-5 pb-2 text-sm text-faint">
            {threadId === null && <Beginning hasEarlier={hasEarlier} />}
          </div>
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            startMargin={top}
            shift={shift}
            bufferSize={measuredAhead}
            data={rows}
            onScroll={onScroll}
            onResize={onResize}
          >
            {(row) => <RowView key={row.key} row={row} />}
          </Virtualizer>
          {hasLater ? (
            <p className="shrink-0 py-3 text-center text-sm text-faint">Loading later messages…</p>
          ) : (
            <div className="h-4 shrink-0" />
          )}
        </div>
        {props.onUnread !== null && settled && <ToUnread onClick={props.onUnread} />}
        {!atBottom && settled && <ToBottom unseen={unseen} onClick={toNewest} />}
      </div>
    </ToNewestContext>
  )
}

function Beginning({ hasEarlier }: { readonly hasEarlier: boolean }) {
  if (hasEarlier) return <p className="mx-auto">Loading earlier messages…</p>
  return <p>This is where the conversation begins.</p>
}

const rowOf = (rows: readonly Row[], messageId: string | null): number =>
  rows.findIndex((row) => row.kind === 'message' && messageId !== null && row.message?.id === messageId)

function ToBottom({ unseen, onClick }: { readonly unseen: number; readonly onClick: () => void }) {
  const news = unseen > 0
  const label = news ? `${unseen} new ${unseen === 1 ? 'message' : 'messages'}` : 'Jump to the latest message'
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={cx(
        'animate-rise absolute bottom-3 inline-flex h-9 items-center gap-2 rounded-full text-sm font-medium shadow-float',
        news
          ? 'left-1/2 -translate-x-1/2 bg-accent px-4 text-on-accent hover:bg-accent-hover'
          : 'right-5 w-9 justify-center border border-line bg-raised text-soft hover:text-ink',
      )}
    >
      {news && label}
      <ArrowDown className="size-4" aria-hidden="true" />
    </button>
  )
}

function ToUnread({ onClick }: { readonly onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="animate-rise absolute top-3 left-1/2 inline-flex h-9 -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-raised px-4 text-sm font-medium text-ink shadow-float hover:bg-hover"
    >
      Jump to the first unread message
      <ArrowUp className="size-4" aria-hidden="true" />
    </button>
  )
}
