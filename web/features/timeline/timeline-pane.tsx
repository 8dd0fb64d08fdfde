'use client'

import { useEffect, useMemo, useState } from 'react'
import Link from 'next/link'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { LogoMark } from '../../components/logo'
import { reportStream } from '../../lib/graphql/connection'
import { sentenceOf } from '../../lib/graphql/errors'
import { useViewer } from '../../lib/session/use-session'
import { useStore, useStorePart } from '../../lib/use-store'
import { useVisible } from '../../lib/use-visible'
import { Composer } from './composer'
import { DeletionDialog } from './deletion-dialog'
import { inConversation } from './model/outbox-state'
import { lastOwnMessage, ownClientIds, timelineRows } from './model/rows'
import type { TimelineStore } from './model/timeline-store'
import { earlierThan, laterThan, readLines } from './model/timeline-state'
import { MissedNotice } from './missed-notice'
import { PlaceProvider } from './place'
import { ReceiptsProvider } from './receipts'
import { TimelineList } from './timeline-list'
import { useTimelines } from './timeline-provider'
import { TimelineSkeleton } from './timeline-skeleton'
import { TypingLine } from './typing-line'
import { useUnreadDivider } from './use-reading'
import { useShownLines } from './use-shown-lines'
import { useAnnounceArrivals } from './use-announce-arrivals'
import { useUnseen } from './use-unseen'

interface Props {
  readonly conversationId: string
  /** The message of a permalink, at which it is opened. */
  readonly messageId: string | null
}

/** One open conversation: its timeline and the composer. */
export function TimelinePane({ conversationId, messageId }: Props) {
  const { stores } = useTimelines()
  const store = stores.of(conversationId)
  const arrived = useStorePart(store, ({ target, missed }) => target !== null || missed !== null)
  useEffect(() => {
    if (messageId !== null) void store.reading.jumpTo({ messageId })
  }, [store, messageId])
  useEffect(() => {
    // The way back, or a reload, leads to the conversation as it is then.
    if (messageId !== null && arrived) window.history.replaceState(null, '', `/c/${conversationId}`)
  }, [conversationId, messageId, arrived])
  return <OpenTimeline key={conversationId} store={store} />
}

function OpenTimeline({ store }: { readonly store: TimelineStore }) {
  const { unreadFrom } = useTimelines()
  const { phase, failure, live, seeking } = useStore(store)
  // A place far from the end is shown first when it is there.
  const [shown, setShown] = useState(false)
  if (!shown && phase === 'ready' && !seeking) setShown(true)
  useEffect(() => {
    store.open()
    return () => {
      store.close()
      // Who comes back reads it.
      unreadFrom.set(null)
    }
  }, [store, unreadFrom])
  const lost = phase === 'ready' && !live
  useEffect(() => {
    reportStream(store.conversationId, !lost)
    return () => reportStream(store.conversationId, true)
  }, [store, lost])
  if (phase === 'gone') return <Gone />
  return (
    <>
      {phase === 'ready' && shown && <ReadyTimeline store={store} />}
      {(phase === 'loading' || (phase === 'ready' && !shown)) && <TimelineSkeleton />}
      {phase === 'failed' && (
        <div className="grid min-h-0 flex-1 place-items-center">
          <EmptyState
            title="These messages are out of reach"
            action={
              <Button look="quiet" onClick={() => store.retry()}>
                Try again
              </Button>
            }
          >
            <p role="alert">{failure === null ? '' : sentenceOf(failure)}</p>
          </EmptyState>
        </div>
      )}
      <Writing store={store} />
    </>
  )
}

function Writing({ store }: { readonly store: TimelineStore }) {
  const { outbox, editing } = useTimelines()
  const viewer = useViewer()
  const isEditing = useStorePart(editing, (edit) => edit !== null && edit.message.threadId === null)
  const editLast = () => {
    const last = lastOwnMessage(store.get().state.lines.toArray(), viewer)
    if (last !== null) editing.begin(last)
  }
  return (
    <>
      <TypingLine conversationId={store.conversationId} />
      <DeletionDialog store={store} />
      <Composer
        conversationId={store.conversationId}
        onSend={(text) => {
          store.reading.showNewest()
          outbox.write(store.conversationId, text)
        }}
        onEditLast={editLast}
        isEditing={isEditing}
      />
    </>
  )
}

function ReadyTimeline({ store }: { readonly store: TimelineStore }) {
  const { conversationId, reading } = store
  const { outbox, changes, unreadFrom } = useTimelines()
  const viewer = useViewer()
  const visible = useVisible()
  const { state, loadingEarlier, loadingLater, readLine, target, generation } = useStore(store)
  const unsent = useStore(outbox)
  const read = readLines(state)
  const events = useShownLines(conversationId, read.toArray())
  const hasEarlier = earlierThan(state) !== null
  const hasLater = laterThan(state) !== null
  // What is not sent yet stands at the end.
  const echoes = useMemo(
    () => (hasLater ? [] : inConversation(unsent, conversationId)),
    [unsent, conversationId, hasLater],
  )
  const lastLine = state.lines.last
  const [found, dropFound] = useUnreadDivider({ ready: readLine !== null, lastLine, readLine, visible })
  const kept = useStorePart(unreadFrom, (from) => (from?.conversationId === conversationId ? from.line : null))
  const unread = kept === null ? found : kept - 1
  const dropDivider = () => {
    dropFound()
    if (kept !== null) unreadFrom.set(null)
  }
  const divider = hasLater && unread !== null && unread < read.first - 1 ? null : unread
  const rows = useMemo(
    () => timelineRows({ events, echoes, viewer, readLine: divider, complete: !hasEarlier }),
    [events, echoes, viewer, divider, hasEarlier],
  )
  const [isLow, setLow] = useState(true)
  const atBottom = isLow && !hasLater
  const newest = state.lines.toArray()
  const unseen = useUnseen(newest, viewer.id, atBottom)

  useEffect(() => outbox.remove(ownClientIds(newest, viewer)), [outbox, newest, viewer])
  useEffect(() => changes.settle([...newest, ...events]), [changes, newest, events])
  useAnnounceArrivals(newest, viewer.id)
  const written = echoes.length > 0
  useEffect(() => {
    if (written) dropDivider()
  })

  return (
    <PlaceProvider conversationId={conversationId} viewerId={viewer.id}>
      <ReceiptsProvider conversationId={conversationId} viewerId={viewer.id}>
        <MissedNotice store={store} />
        <TimelineList
          key={generation}
          conversationId={conversationId}
          rows={rows}
          firstLine={read.first}
          lastLine={lastLine}
          hasEarlier={hasEarlier}
          loadingEarlier={loadingEarlier}
          onEarlier={() => void reading.loadEarlier()}
          hasLater={hasLater}
          loadingLater={loadingLater}
          onLater={() => void reading.loadLater()}
          onNewest={() => reading.showNewest()}
          target={target}
          onUnread={unread !== null && unread + 1 < read.first ? () => void reading.jumpTo({ line: unread + 1 }) : null}
          atBottom={atBottom}
          onBottom={setLow}
          unseen={unseen}
          visible={visible}
        />
      </ReceiptsProvider>
    </PlaceProvider>
  )
}

function Gone() {
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <EmptyState
        picture={<LogoMark className="size-12" />}
        title="This conversation is not here"
        action={
          <Link href="/" className="font-medium text-link underline underline-offset-4">
            Go to your conversations
          </Link>
        }
      >
        It does not exist, or you are not in it any more.
      </EmptyState>
    </div>
  )
}
