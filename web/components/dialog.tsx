'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useId, useLayoutEffect, useRef } from 'react'
import { cx } from '../lib/cx'
import { IconButton } from './button'

interface Props {
  readonly title: string
  /** A sheet rises from the lower edge, in reach of a thumb. */
  readonly look?: 'window' | 'sheet'
  readonly onClose: () => void
  readonly children: ReactNode
}

const looks = {
  window: 'mx-auto mt-[8dvh] w-[min(30rem,calc(100vw-1.5rem))] rounded-2xl',
  sheet: 'mx-auto mt-auto mb-0 w-full max-w-full rounded-t-2xl border-b-0 sm:max-w-lg',
}

/**
 * The browser's own modal dialog: it traps focus, closes on Escape and restores the focus. Rendered only while open.
 */
export function Dialog({ title, look = 'window', onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Manages the focus before the node is removed: the browser would focus the first button, and does not restore the
  // focus when the node is removed.
  useLayoutEffect(() => {
    const dialog = ref.current
    const opener = document.activeElement
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>('input, textarea, [data-first-focus]')?.focus()
    return () => {
      dialog?.close()
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      // The keys of what is behind it, of which it may be a part in React, are not its own.
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
      className={cx('animate-rise border border-line bg-raised p-0 text-ink shadow-float', looks[look])}
    >
      <div className="flex max-h-[80dvh] flex-col">
        <header className="flex items-center justify-between gap-4 py-3 pr-3 pl-5">
          <h2 id={titleId} className="font-display text-xl font-semibold tracking-tight">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose}>
            <X className="size-4.5" aria-hidden="true" />
          </IconButton>
        </header>
        {children}
      </div>
    </dialog>
  )
}
