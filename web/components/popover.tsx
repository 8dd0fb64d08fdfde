'use client'

import type { ReactNode } from 'react'
import { cx } from '../lib/cx'
import { hasKeyboard } from '../lib/has-keyboard'
import { Modal } from './modal'

interface Props {
  /** The accessible name. */
  readonly label: string
  /** What it belongs to: it opens beside it, and the focus returns there. */
  readonly anchor: HTMLElement | null
  /** Where the focus returns to instead. */
  readonly returnTo?: HTMLElement
  readonly onClose: () => void
  readonly className?: string
  readonly children: ReactNode
}

/** Pixels between it and its anchor, and the edge of the window. */
const gap = 6
const edge = 8

/** A small window beside an element, on a phone a sheet at the bottom of the screen. Rendered only while open. */
export function Popover({ label, anchor, returnTo, onClose, className, children }: Props) {
  return (
    <Modal
      name={{ 'aria-label': label }}
      returnTo={returnTo ?? anchor}
      onOpen={(dialog) => {
        // On a touch screen the on-screen keyboard must not open by itself.
        if (hasKeyboard()) dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
        else dialog.focus()
        place(dialog, anchor)
      }}
      onClose={onClose}
      className={cx(
        'fixed m-0 max-w-none overflow-hidden border border-line bg-raised p-0 text-ink shadow-float outline-none',
        'max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:w-full max-sm:rounded-t-2xl max-sm:pb-[env(safe-area-inset-bottom)]',
        'animate-rise sm:rounded-2xl sm:backdrop:bg-transparent',
        className,
      )}
    >
      {children}
    </Modal>
  )
}

/** Above the anchor if there is room, else below, and always inside the window. A sheet needs no place. */
function place(dialog: HTMLDialogElement, anchor: HTMLElement | null): void {
  if (anchor === null || !window.matchMedia('(min-width: 40rem)').matches) return
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = dialog
  const above = at.top - gap - height
  const top = above >= edge ? above : at.bottom + gap
  const inside = (value: number, most: number) => Math.max(edge, Math.min(value, most - edge))
  dialog.style.top = `${inside(top, window.innerHeight - height)}px`
  dialog.style.left = `${inside(at.right - width, window.innerWidth - width)}px`
}
