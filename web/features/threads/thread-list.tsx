'use client'

import { useQuery } from '@apollo/client/react'
import { MessagesSquare } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { PaneHeader } from '../../components/pane-header'
import { useConversations, useThreadNews } from '../../lib/conversations/use-conversations'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { useNow } from '../../lib/use-now'
import { ThreadsDocument, type ThreadsQuery } from './__generated__/threads'
import { ThreadItem } from './thread-item'

const page = 30
/** Of the API. */
const most = 100
/** Changes within this time are one answer. */
const newsPause = 500

export type ListedThread = NonNullable<ThreadsQuery['threads']>['edges'][number]['node']

/** The threads that the viewer follows, the last with a reply first. Follows what happens in them. */
export function ThreadList() {
  const [first, setFirst] = useState(page)
  const { data, previousData, error, refetch } = useQuery(ThreadsDocument, {
    variables: { first },
    fetchPolicy: 'no-cache',
    errorPolicy: 'all',
    notifyOnNetworkStatusChange: false,
  })
  const news = useThreadNews()
  useEffect(() => {
    if (news === 0) return
    // What fails is asked again with the next news.
    const timer = setTimeout(() => void refetch().catch(() => undefined), newsPause)
    return () => clearTimeout(timer)
  }, [news, refetch])
  const threads = (data ?? previousData)?.threads
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PaneHeader>
        <h1 className="text-base font-semibold">Threads</h1>
      </PaneHeader>
      {threads ? (
        <Threads
          threads={threads.edges.map(({ node }) => node)}
          onMore={threads.pageInfo.hasNextPage && first < most ? () => setFirst(Math.min(most, first + page)) : null}
        />
      ) : (
        <Pending problem={error === undefined ? null : sentenceOf(failureOf(error))} onRetry={() => void refetch()} />
      )}
    </div>
  )
}

interface ThreadsProps {
  readonly threads: readonly ListedThread[]
  /** null when there are no more. */
  readonly onMore: (() => void) | null
}

function Threads({ threads, onMore }: ThreadsProps) {
  const now = useNow(30_000)
  const { conversations } = useConversations()
  if (threads.length === 0) return <NothingYet />
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
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
      {onMore !== null && (
        <div className="pb-6 text-center">
          <Button look="quiet" onClick={onMore}>
            Show more
          </Button>
        </div>
      )}
    </div>
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
