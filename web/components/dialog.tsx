'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { cx } from '../lib/cx'
import { IconButton } from './button'
import { Modal } from './modal'

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

/** A window with a title. Rendered only while open. */
export function Dialog({ title, look = 'window', onClose, children }: Props) {
  const titleId = useId()
  return (
    <Modal
      name={{ 'aria-labelledby': titleId }}
      onOpen={(dialog) => dialog.querySelector<HTMLElement>('input, textarea, [data-first-focus]')?.focus()}
      onClose={onClose}
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
    </Modal>
  )
}
