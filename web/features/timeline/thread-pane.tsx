'use client'

import type { ReactNode } from 'react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { SidePane } from '../../components/side-pane'
import { reportStream } from '../../lib/graphql/connection'
import { sentenceOf } from '../../lib/graphql/errors'
import { useViewer } from '../../lib/session/use-session'
import { closeSidePane, useSidePane } from '../../lib/side-pane'
import { useStore, useStorePart } from '../../lib/use-store'
import { Composer } from './composer'
import { DeletionDialog } from './deletion-dialog'
import type { Quote } from './model/events'
import type { OutboxState } from './model/outbox-state'
import { rootEvent, threadRows, timelineRows } from './model/rows'
import type { ThreadRoot } from './model/thread-source'
import type { ThreadStore } from './model/thread-store'
import { PlaceProvider } from './place'
import { TimelineList } from './timeline-list'
import { useTimelines } from './timeline-provider'
import { TimelineSkeleton } from './timeline-skeleton'
import { useEditLast } from './use-edit-last'
import { useMessageList } from './use-message-list'
import { useShownLines } from './use-shown-lines'

interface Props {
  readonly conversationId: string
  readonly rootId: string
}

/** The open thread of the conversation: its message, the replies, and a composer of its own. */
export function ThreadPane({ conversationId }: { readonly conversationId: string }) {
  const pane = useSidePane()
  if (pane?.kind !== 'thread') return null
  return <Pane key={pane.rootId} conversationId={conversationId} rootId={pane.rootId} />
}

function Pane({ conversationId, rootId }: Props) {
  const { stores, composer } = useTimelines()
  const thread = stores.thread(conversationId, rootId)
  const { replies } = thread
  useEffect(() => {
    replies.open()
    return () => replies.close()
  }, [replies])
  return (
    <SidePane
      conversationId={conversationId}
      name="Thread"
      fallback={() => document.querySelector<HTMLElement>(`[data-message="${CSS.escape(rootId)}"]`) ?? composer.current}
    >
      <OpenThread thread={thread} onClose={() => closeSidePane(conversationId)} />
    </SidePane>
  )
}

function OpenThread({ thread, onClose }: { readonly thread: ThreadStore; readonly onClose: () => void }) {
  const { phase, failure, live, seeking, opened } = useStore(thread.replies)
  const root = useStore(thread.root)
  // It is shown at the place where one reads on, when that is known and there.
  const [shown, setShown] = useState(false)
  if (!shown && phase === 'ready' && opened !== null && !seeking) setShown(true)
  const name = `thread:${thread.rootId}`
  const lost = phase === 'ready' && !live
  useEffect(() => {
    reportStream(name, !lost)
    return () => reportStream(name, true)
  }, [name, lost])
  if (phase === 'gone')
    return (
      <Problem title="This thread is not here" action="Close" onAction={onClose}>
        The message does not exist, or you cannot see it.
      </Problem>
    )
  if (phase === 'failed')
    return (
      <Problem title="These replies are out of reach" action="Try again" onAction={() => thread.replies.retry()}>
        <span role="alert">{failure === null ? '' : sentenceOf(failure)}</span>
      </Problem>
    )
  if (phase === 'loading' || !shown || root === null) return <TimelineSkeleton />
  return (
    <>
      <Replies thread={thread} root={root} />
      {root.message.deletedAt === null ? (
        <Writing thread={thread} root={root} />
      ) : (
        <p className="shrink-0 border-t border-line px-5 py-4 text-sm text-faint">
          The message was deleted: nobody can reply any more.
        </p>
      )}
    </>
  )
}

function Replies({ thread, root }: { readonly thread: ThreadStore; readonly root: ThreadRoot }) {
  const { conversationId, rootId, replies: store } = thread
  const viewer = useViewer()
  const about = useShownLines(
    conversationId,
    useMemo(() => [rootEvent(root)], [root]),
  )
  const echoesIn = useCallback((unsent: OutboxState) => unsent.filter((item) => item.threadId === rootId), [rootId])
  const { content, list, generation } = useMessageList({ conversationId, threadId: rootId, store, echoesIn })
  const { hasEarlier } = list
  const { quotes } = content
  const isClosed = root.message.deletedAt !== null
  const rows = useMemo(
    () => threadRows(about, timelineRows(content), { viewer, quotes, hasEarlier }),
    [about, content, quotes, viewer, hasEarlier],
  )
  return (
    <PlaceProvider conversationId={conversationId} threadId={rootId} isClosed={isClosed} viewerId={viewer.id}>
      <TimelineList key={generation} threadId={rootId} rows={rows} {...list} />
    </PlaceProvider>
  )
}

function Writing({ thread, root }: { readonly thread: ThreadStore; readonly root: ThreadRoot }) {
  const { conversationId, rootId, replies } = thread
  const { outbox, editing } = useTimelines()
  const isEditing = useStorePart(editing, (edit) => edit?.threadId === rootId)
  const also = useStore(thread.also)
  const editLast = useEditLast({
    store: replies,
    threadId: rootId,
    unsentIn: (unsent) => unsent.filter((item) => item.threadId === rootId),
  })
  const send = (text: string, replyTo: Quote | null) => {
    replies.reading.showNewest()
    outbox.write(conversationId, text, { threadId: rootId, alsoInConversation: also, ...(replyTo && { replyTo }) })
    thread.also.set(false)
  }
  return (
    <>
      <DeletionDialog store={replies} threadId={rootId} root={root.message} />
      <Composer
        conversationId={conversationId}
        threadId={rootId}
        onSend={send}
        onEditLast={editLast}
        isEditing={isEditing}
      />
      <label className="-mt-1 flex shrink-0 items-center gap-2.5 px-5 pb-[max(1rem,env(safe-area-inset-bottom))] text-sm text-soft md:-mt-3 md:px-6">
        <input
          type="checkbox"
          checked={also}
          onChange={(event) => thread.also.set(event.target.checked)}
          className="size-4 accent-(--color-accent)"
        />
        Also send to the conversation
      </label>
    </>
  )
}

interface ProblemProps {
  readonly title: string
  readonly action: string
  readonly onAction: () => void
  readonly children: ReactNode
}

function Problem({ title, action, onAction, children }: ProblemProps) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <EmptyState
        title={title}
        action={
          <Button look="quiet" onClick={onAction}>
            {action}
          </Button>
        }
      >
        {children}
      </EmptyState>
    </div>
  )
}
