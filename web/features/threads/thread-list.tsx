'use client'

import { MessagesSquare } from 'lucide-react'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { ListProblem, ShowMore } from '../../components/list-ends'
import { PaneHeader } from '../../components/pane-header'
import { useConversations } from '../../lib/conversations/use-conversations'
import { useNow } from '../../lib/use-now'
import { ThreadItem } from './thread-item'
import { type ListedThread, useThreadList } from './use-thread-list'

/** The threads that the viewer follows, the last with a reply first. */
export function ThreadList() {
  const { nodes, hasMore, problem, isLoading, more, retry } = useThreadList()
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PaneHeader>
        <h1 className="text-base font-semibold">Threads</h1>
      </PaneHeader>
      {nodes === null && <Pending problem={problem} onRetry={retry} />}
      {nodes?.length === 0 && <NothingYet />}
      {nodes !== null && nodes.length > 0 && (
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
          {problem !== null && <ListProblem problem={problem} onRetry={retry} />}
          <Threads threads={nodes} />
          {hasMore && <ShowMore isLoading={isLoading} onMore={more} />}
        </div>
      )}
    </div>
  )
}

function Threads({ threads }: { readonly threads: readonly ListedThread[] }) {
  const now = useNow(30_000)
  const { conversations } = useConversations()
  return (
    <ul aria-label="Threads that you follow" className="mx-auto max-w-3xl space-y-px p-2 md:p-4">
      {threads.map((thread) => (
        <ThreadItem
          key={thread.rootId}
          thread={thread}
          conversation={conversations?.find(({ id }) => id === thread.conversationId) ?? null}
          now={now}
        />
      ))}
    </ul>
  )
}

function NothingYet() {
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <EmptyState picture={<MessagesSquare className="size-12 text-faint" aria-hidden="true" />} title="No threads yet">
        Replies to your messages, and threads in which you reply, are here.
      </EmptyState>
    </div>
  )
}

function Pending({ problem, onRetry }: { readonly problem: string | null; readonly onRetry: () => void }) {
  if (problem === null)
    return (
      <div role="status" aria-label="Loading threads" className="mx-auto w-full max-w-3xl space-y-2 p-4">
        {['w-2/3', 'w-1/2', 'w-3/5'].map((width) => (
          <span key={width} className={`shimmer block h-16 ${width}`} />
        ))}
      </div>
    )
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <EmptyState
        title="Your threads are out of reach"
        action={
          <Button look="quiet" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        <p role="alert">{problem}</p>
      </EmptyState>
    </div>
  )
}
