'use client'

import { useEffect, useMemo } from 'react'
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
import { withChanges } from './model/changes'
import { lastOwnMessage, ownClientIds, timelineRows } from './model/rows'
import type { TimelineStore } from './model/timeline-store'
import { earlierThan } from './model/timeline-state'
import { PlaceProvider } from './place'
import { TimelineList } from './timeline-list'
import { useTimelines } from './timeline-provider'
import { TimelineSkeleton } from './timeline-skeleton'
import { TypingLine } from './typing-line'
import { useUnreadDivider } from './use-reading'
import { useAnnounceArrivals } from './use-announce-arrivals'

/** One open conversation: its timeline and the composer. */
export function TimelinePane({ conversationId }: { readonly conversationId: string }) {
  const { stores } = useTimelines()
  return <OpenTimeline key={conversationId} store={stores.of(conversationId)} />
}

function OpenTimeline({ store }: { readonly store: TimelineStore }) {
  const { phase, failure, live } = useStore(store)
  useEffect(() => {
    store.open()
    return () => store.close()
  }, [store])
  const lost = phase === 'ready' && !live
  useEffect(() => {
    reportStream(store.conversationId, !lost)
    return () => reportStream(store.conversationId, true)
  }, [store, lost])
  if (phase === 'gone') return <Gone />
  return (
    <>
      {phase === 'ready' && <ReadyTimeline store={store} />}
      {phase === 'loading' && <TimelineSkeleton />}
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
  const isEditing = useStorePart(editing, (edit) => edit !== null)
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
        onSend={(text) => outbox.write(store.conversationId, text)}
        onEditLast={editLast}
        isEditing={isEditing}
      />
    </>
  )
}

function ReadyTimeline({ store }: { readonly store: TimelineStore }) {
  const { conversationId } = store
  const { outbox, changes } = useTimelines()
  const viewer = useViewer()
  const visible = useVisible()
  const { state, loadingEarlier, readLine } = useStore(store)
  const unsent = useStore(outbox)
  const pending = useStore(changes)
  const events = useMemo(
    () => withChanges(state.lines.toArray(), pending, viewer.id),
    [state.lines, pending, viewer.id],
  )
  const { first, last } = state.lines
  const hasEarlier = earlierThan(state) !== null
  const echoes = useMemo(
    () => unsent.filter((item) => item.conversationId === conversationId),
    [unsent, conversationId],
  )
  const [divider, dropDivider] = useUnreadDivider({ ready: readLine !== null, lastLine: last, readLine, visible })
  const rows = useMemo(
    () => timelineRows({ events, echoes, viewer, readLine: divider, complete: !hasEarlier }),
    [events, echoes, viewer, divider, hasEarlier],
  )

  useEffect(() => outbox.remove(ownClientIds(events, viewer)), [outbox, events, viewer])
  useEffect(() => changes.settle(state.lines.toArray()), [changes, state.lines])
  useAnnounceArrivals(events, viewer.id)
  const written = echoes.length > 0
  useEffect(() => {
    if (written) dropDivider()
  })

  return (
    <PlaceProvider conversationId={conversationId} viewerId={viewer.id}>
      <TimelineList
        conversationId={conversationId}
        rows={rows}
        firstLine={first}
        lastLine={last}
        hasEarlier={hasEarlier}
        loadingEarlier={loadingEarlier}
        onEarlier={() => void store.loadEarlier()}
        visible={visible}
      />
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
