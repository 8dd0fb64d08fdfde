'use client'

import { ArrowDown } from 'lucide-react'
import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { Virtualizer } from 'virtua'
import { cx } from '../../lib/cx'
import { useStorePart } from '../../lib/use-store'
import type { Row } from './model/rows'
import { RowView } from './row-view'
import { useTimelines } from './timeline-provider'
import { UnreadBar } from './unread-bar'
import { useLooking } from './use-looking'
import { useMarkReadHere } from './use-mark-read-here'
import type { ListProps } from './use-message-list'
import { useTarget } from './use-target'
import { useTimelineScroll } from './use-timeline-scroll'
import { ToNewestContext } from './use-to-newest'
import type { Unread } from './use-unread'
import { useWalking } from './use-walking'

interface Props extends ListProps {
  /** The thread whose list it is; absent for that of the conversation. */
  readonly threadId?: string
  readonly rows: readonly Row[]
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
  const { threadId = null, rows, hasEarlier, hasLater, target, atBottom, unread } = props
  const top = threadId === null ? topHeight : threadTopHeight
  const scroller = useRef<HTMLDivElement>(null)
  const { list, shift, settled, onScroll, onResize, toBottom } = useTimelineScroll({ ...props, top, scroller })
  const lookSoon = useLooking({ ...props, list, top, settled })
  useTarget({ rows, target, list, scroller, settled })
  useFocusKept(scroller, props.hadFocus)
  const { editing } = useTimelines()
  const toNewest = hasLater ? props.onNewest : toBottom
  const toBeginning = hasEarlier ? props.onBeginning : () => list.current?.scrollTo(0)
  const walk = useWalking(rows, list, { toNewest, toBeginning })
  useMarkReadHere(threadId, unread, toNewest)
  const editedId = useStorePart(editing, (edit) => (edit?.threadId === threadId ? edit.message.id : null))
  const rowsNow = useRef(rows)
  rowsNow.current = rows
  // Only when an edit starts: later events must not move the list.
  useEffect(() => {
    const index = rowOf(rowsNow.current, editedId)
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' })
  }, [list, editedId])
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
            onScroll={(offset) => {
              onScroll(offset)
              lookSoon()
            }}
            onResize={() => {
              onResize()
              lookSoon()
            }}
          >
            {(row) => <RowView key={row.key} row={row} />}
          </Virtualizer>
          {hasLater ? (
            <p className="shrink-0 py-3 text-center text-sm text-faint">Loading later messages…</p>
          ) : (
            <div className="h-4 shrink-0" />
          )}
        </div>
        {unread.hasBar && settled && (
          <UnreadBar unread={unread} onUsed={() => scroller.current?.focus({ preventScroll: true })} />
        )}
        {!atBottom && settled && <ToBottom unread={unread} onNewest={toNewest} />}
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

/** Leads to what is new, when that begins further below, and from there to the end. */
function ToBottom({ unread, onNewest }: { readonly unread: Unread; readonly onNewest: () => void }) {
  const { count, lies, onJump } = unread
  const news = count > 0 && lies !== 'above'
  const label = news ? `${count} new ${count === 1 ? 'message' : 'messages'}` : 'Jump to the latest message'
  return (
    <button
      type="button"
      aria-label={label}
      onClick={news && lies === 'below' ? onJump : onNewest}
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

/** Another list in its place, when one goes far, has the focus as well: one goes on by the same keys. */
function useFocusKept(scroller: RefObject<HTMLElement | null>, hadFocus: RefObject<boolean>): void {
  useLayoutEffect(() => {
    const element = scroller.current
    if (hadFocus.current) element?.focus({ preventScroll: true })
    return () => {
      hadFocus.current = element?.contains(document.activeElement) === true
    }
  }, [scroller, hadFocus])
}
