'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { GoneConversation } from '../../components/gone-conversation'
import { reportStream } from '../../lib/graphql/connection'
import { sentenceOf } from '../../lib/graphql/errors'
import { replacePlace } from '../../lib/navigate'
import { conversationPath } from '../../lib/place'
import { openSidePane } from '../../lib/side-pane'
import { useViewer } from '../../lib/session/use-session'
import { useStore, useStorePart } from '../../lib/use-store'
import { Composer } from './composer'
import { DeletionDialog } from './deletion-dialog'
import { inConversation, type OutboxState } from './model/outbox-state'
import { timelineRows } from './model/rows'
import type { TimelineStore } from './model/timeline-store'
import { ForwardDialog } from './forward-dialog'
import { MissedNotice } from './missed-notice'
import { PlaceProvider } from './place'
import { ReceiptsProvider } from './receipts'
import { TimelineList } from './timeline-list'
import { useTimelines } from './timeline-provider'
import { TimelineSkeleton } from './timeline-skeleton'
import { TypingLine } from './typing-line'
import { useCaughtUp } from './use-caught-up'
import { useCovered } from './use-covered'
import { useEditLast } from './use-edit-last'
import { useMessageList } from './use-message-list'

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
    if (messageId !== null && arrived) replacePlace(conversationPath(conversationId))
  }, [conversationId, messageId, arrived])
  const target = useStorePart(store, (snapshot) => snapshot.target)
  useEffect(() => {
    if (target?.replyId === undefined || target.messageId === null) return
    void stores.thread(conversationId, target.messageId).replies.reading.jumpTo({ messageId: target.replyId })
    openSidePane(conversationId, { kind: 'thread', rootId: target.messageId })
  }, [stores, conversationId, target])
  return <OpenTimeline key={conversationId} store={store} />
}

function OpenTimeline({ store }: { readonly store: TimelineStore }) {
  const { keptUnread } = useTimelines()
  const { phase, failure, live, seeking, opened } = useStore(store)
  // It is shown at the place where one reads on, when that is known and there.
  const [shown, setShown] = useState(false)
  if (!shown && phase === 'ready' && opened !== null && !seeking) setShown(true)
  useEffect(() => {
    store.open()
    return () => {
      store.close()
      // Who comes back reads it.
      keptUnread.set(null)
    }
  }, [store, keptUnread])
  // That no answer came says nothing of the conversation: it is asked for until there is one, and the banner says so.
  const isUnanswered = phase === 'failed' && failure?.code === 'NETWORK'
  const lost = isUnanswered || (phase === 'ready' && !live)
  useEffect(() => {
    reportStream(store.conversationId, !lost)
    return () => reportStream(store.conversationId, true)
  }, [store, lost])
  if (phase === 'gone') return <GoneConversation wasHere={shown} />
  return (
    <>
      {phase === 'ready' && shown && <ReadyTimeline store={store} />}
      {(phase === 'loading' || isUnanswered || (phase === 'ready' && !shown)) && (
        <>
          <TimelineSkeleton />
          <KeptForLater conversationId={store.conversationId} />
        </>
      )}
      {phase === 'failed' && !isUnanswered && (
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

/** What is written while nothing is shown of the conversation. */
function KeptForLater({ conversationId }: { readonly conversationId: string }) {
  const { outbox } = useTimelines()
  const count = useStorePart(
    outbox,
    (unsent) => inConversation(unsent, conversationId).filter(({ status }) => status === 'pending').length,
  )
  return (
    <p role="status" className="shrink-0 px-5 text-sm text-faint not-empty:pb-3">
      {count === 1 && 'Your message is kept and sent when Parley is back.'}
      {count > 1 && `Your ${count} messages are kept and sent when Parley is back.`}
    </p>
  )
}

function Writing({ store }: { readonly store: TimelineStore }) {
  const { outbox, editing } = useTimelines()
  const isEditing = useStorePart(editing, (edit) => edit?.threadId === null)
  const editLast = useEditLast({
    store,
    threadId: null,
    unsentIn: (unsent) => inConversation(unsent, store.conversationId),
  })
  return (
    <>
      <TypingLine conversationId={store.conversationId} />
      <DeletionDialog store={store} />
      <ForwardDialog />
      <Composer
        conversationId={store.conversationId}
        onSend={(text, replyTo) => {
          store.reading.showNewest()
          outbox.write(store.conversationId, text, replyTo === null ? {} : { replyTo })
        }}
        onEditLast={editLast}
        isEditing={isEditing}
      />
    </>
  )
}

function ReadyTimeline({ store }: { readonly store: TimelineStore }) {
  const { conversationId } = store
  const { keptUnread } = useTimelines()
  const viewer = useViewer()
  const kept = useStorePart(keptUnread, (from) => (from?.conversationId === conversationId ? from.line : null))
  const echoesIn = useCallback((unsent: OutboxState) => inConversation(unsent, conversationId), [conversationId])
  const { content, list, generation } = useMessageList({
    conversationId,
    store,
    echoesIn,
    kept: kept === null ? null : kept - 1,
    covered: useCovered(),
    onRead: () => keptUnread.set(null),
  })
  const rows = useMemo(() => timelineRows(content), [content])
  useCaughtUp(conversationId, list.progress)
  return (
    <PlaceProvider conversationId={conversationId} viewerId={viewer.id}>
      <ReceiptsProvider conversationId={conversationId} viewerId={viewer.id}>
        <MissedNotice store={store} />
        <TimelineList key={generation} rows={rows} {...list} />
      </ReceiptsProvider>
    </PlaceProvider>
  )
}
