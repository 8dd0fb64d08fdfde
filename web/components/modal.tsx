'use client'

import type { ReactNode } from 'react'
import { useLayoutEffect, useRef } from 'react'
import { cx } from '../lib/cx'

interface Props {
  /** The accessible name, or the id of the element that has it. */
  readonly name: { readonly 'aria-label': string } | { readonly 'aria-labelledby': string }
  /** Sees to the focus, and to the place, once it is open. */
  readonly onOpen: (dialog: HTMLDialogElement) => void
  /** Where the focus returns to; by default where it was. */
  readonly returnTo?: HTMLElement | null
  readonly onClose: () => void
  readonly className: string
  readonly children: ReactNode
}

/**
 * The browser's own modal dialog: it traps the focus, closes on Escape and on a click beside it, and restores the
 * focus. Rendered only while open.
 */
export function Modal({ name, onOpen, returnTo = null, onClose, className, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const first = useRef({ onOpen, returnTo })
  // Manages the focus before the node is removed: the browser would focus the first button, and does not restore the
  // focus when the node is removed.
  useLayoutEffect(() => {
    const dialog = ref.current
    const opener = first.current.returnTo ?? document.activeElement
    if (dialog !== null) {
      dialog.showModal()
      first.current.onOpen(dialog)
    }
    return () => {
      dialog?.close()
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      {...name}
      tabIndex={-1}
      // The keys of what is behind it, of which it may be a part in React, are not its own.
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
      // Also where it is in what a pane covers: the page waits for it.
      className={cx('visible', className)}
    >
      {children}
    </dialog>
  )
}
