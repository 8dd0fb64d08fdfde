'use client'

import { MessagesSquare } from 'lucide-react'
import { PlaceLink } from '../../components/place-link'
import { UnreadPill } from '../../components/unread-pill'
import { useUnreadThreads } from '../../lib/conversations/use-conversations'
import { cx } from '../../lib/cx'
import { usePlace } from '../../lib/navigate'

/** The way to the threads that the viewer follows, and how many of them have something new. */
export function ThreadsLink() {
  const unread = useUnreadThreads()
  const active = usePlace().kind === 'threads'
  return (
    <PlaceLink
      href="/threads"
      aria-current={active ? 'page' : undefined}
      className={cx(
        'flex h-9 items-center pointer-coarse:h-11 gap-2.5 rounded-lg px-3 text-sm -outline-offset-2! transition-colors',
        unread > 0 ? 'font-semibold text-ink' : 'text-soft',
        active ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <MessagesSquare className="size-4" aria-hidden="true" />
      Threads
      {unread > 0 && (
        <UnreadPill count={unread} className="ml-auto">
          <span className="sr-only"> with new replies</span>
        </UnreadPill>
      )}
    </PlaceLink>
  )
}
