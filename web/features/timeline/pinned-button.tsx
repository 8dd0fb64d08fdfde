'use client'

import { Pin } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from '../../lib/cx'
import { useStorePart } from '../../lib/use-store'
import { PinnedDialog } from './pinned-dialog'
import { useTimelines } from './timeline-provider'

/** How many messages of the conversation are pinned, and the way to them. */
export function PinnedButton({ conversationId }: { readonly conversationId: string }) {
  const { pins } = useTimelines()
  const [isOpen, setOpen] = useState(false)
  const count = useStorePart(pins, (all) => all.get(conversationId)?.size ?? 0)
  useEffect(() => pins.open(conversationId), [pins, conversationId])
  const label = count === 0 ? 'Pinned messages' : `Pinned messages, ${count}`
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={cx(
          'inline-flex h-9 min-w-9 shrink-0 items-center justify-center gap-1 rounded-lg px-2 text-sm text-soft tabular-nums transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-11 pointer-coarse:min-w-11',
          // A name needs the room.
          count === 0 && 'max-md:hidden',
        )}
      >
        <Pin className="size-4.5" aria-hidden="true" />
        {count > 0 && count}
      </button>
      {isOpen && <PinnedDialog conversationId={conversationId} onClose={() => setOpen(false)} />}
    </>
  )
}
