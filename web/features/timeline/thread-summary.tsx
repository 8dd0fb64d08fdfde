'use client'

import { ChevronRight, MessageSquareReply } from 'lucide-react'
import { Avatar } from '../../components/avatar'
import { personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import { replyCount } from '../../lib/reply-count'
import { openSidePane } from '../../lib/side-pane'
import { agoTime, exactTime } from '../../lib/time'
import { useNow } from '../../lib/use-now'
import type { Message } from './model/events'
import { shownIn } from './model/threads'

/** Below a message with a thread: how many replies, of whom, and since when. It opens the thread. */
export function ThreadSummary({ message }: { readonly message: Message }) {
  const now = useNow(30_000)
  const { thread } = message
  if (thread === null || thread.lines === 0) return null
  const at = new Date(thread.lastReplyAt)
  return (
    <button
      type="button"
      onClick={() => openSidePane(message.conversationId, { kind: 'thread', rootId: message.id })}
      className="group/thread mt-1 mb-0.5 -ml-1.5 flex max-w-full items-center gap-2 rounded-lg border border-transparent px-1.5 py-1 text-sm hover:border-line hover:bg-raised"
    >
      <span className="flex -space-x-1" aria-hidden="true">
        {shownIn(thread).map((id) => (
          <Face key={id} id={id} />
        ))}
      </span>
      <span className="shrink-0 font-medium text-link">{replyCount(thread.replyCount)}</span>
      <time dateTime={thread.lastReplyAt} title={exactTime(at)} className="truncate text-xs text-faint">
        last reply {agoTime(at, now)}
      </time>
      <ChevronRight
        className="size-4 shrink-0 text-faint opacity-0 group-hover/thread:opacity-100 group-focus-visible/thread:opacity-100"
        aria-hidden="true"
      />
    </button>
  )
}

function Face({ id }: { readonly id: string }) {
  const person = usePerson(personOf(id, null))
  return (
    <span className="rounded-full ring-2 ring-paper">
      <Avatar id={id} name={person.displayName} size="sm" />
    </span>
  )
}

/** Above a reply that is in the conversation as well. */
export function RepliedInThread({ message }: { readonly message: Message }) {
  const { threadId } = message
  if (threadId === null) return null
  return (
    <button
      type="button"
      onClick={() => openSidePane(message.conversationId, { kind: 'thread', rootId: threadId })}
      className="flex items-center gap-1.5 rounded text-xs text-faint hover:text-link hover:underline"
    >
      <MessageSquareReply className="size-3.5" aria-hidden="true" />
      Replied in a thread
    </button>
  )
}
