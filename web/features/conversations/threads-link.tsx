'use client'

import { MessagesSquare } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useUnreadThreads } from '../../lib/conversations/use-conversations'
import { cx } from '../../lib/cx'

/** The way to the threads that the viewer follows, and how many of them have something new. */
export function ThreadsLink() {
  const unread = useUnreadThreads()
  const active = usePathname() === '/threads'
  return (
    <Link
      href="/threads"
      aria-current={active ? 'page' : undefined}
      className={cx(
        'flex h-9 items-center gap-2.5 rounded-lg px-3 text-sm -outline-offset-2! transition-colors',
        unread > 0 ? 'font-semibold text-ink' : 'text-soft',
        active ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <MessagesSquare className="size-4" aria-hidden="true" />
      Threads
      {unread > 0 && (
        <span className="ml-auto shrink-0 rounded-full bg-signal px-1.5 py-px text-2xs font-bold text-on-signal tabular-nums">
          {unread > 99 ? '99+' : unread}
          <span className="sr-only"> with new replies</span>
        </span>
      )}
    </Link>
  )
}
