'use client'

import { useNow } from '../../lib/use-now'
import { unreadWords } from './model/unread-words'
import type { Unread } from './use-unread'

interface Props {
  readonly unread: Unread
  /** The list takes the focus. */
  readonly onUsed: () => void
}

/** What is unread in the list below it, the way there, and the end of it. */
export function UnreadBar({ unread, onUsed }: Props) {
  const { count, since, lies, onJump, onRead } = unread
  const now = useNow(60_000)
  const words = unreadWords(count, since === null ? null : new Date(since), now)
  const then = (action: () => void) => () => {
    // Before the button is gone.
    onUsed()
    action()
  }
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-20 flex justify-center px-3">
      <div
        role="group"
        aria-label="Unread messages"
        className="animate-rise pointer-events-auto flex min-w-0 items-center overflow-hidden rounded-full border border-line bg-raised pr-1 pl-4 text-sm shadow-float"
      >
        <p className="min-w-0 truncate py-2 pr-2 font-medium text-ink">{words}</p>
        {lies !== 'here' && (
          <BarButton label="Jump to the first unread message" onClick={then(onJump)}>
            Jump
          </BarButton>
        )}
        <BarButton label="Mark read: all messages here" onClick={then(onRead)}>
          Mark read
        </BarButton>
      </div>
    </div>
  )
}

interface ButtonProps {
  readonly label: string
  readonly onClick: () => void
  readonly children: string
}

function BarButton({ label, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className="min-h-8 shrink-0 rounded-full px-3 font-semibold text-link hover:bg-hover pointer-coarse:min-h-11"
      {...rest}
    />
  )
}
