'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { cx } from '../lib/cx'
import { IconButton } from './button'
import { Modal } from './modal'

interface Props {
  readonly title: string
  /** A sheet rises from the lower edge, in reach of a thumb; a page takes the whole of a small screen; a wide one has columns. */
  readonly look?: 'window' | 'sheet' | 'page' | 'wide'
  readonly onClose: () => void
  readonly children: ReactNode
}

const windowLook = 'mx-auto mt-[8dvh] w-[min(30rem,calc(100vw-1.5rem))] rounded-2xl'

/** Of a dialog that is a page on a phone. */
export const pageOnPhone =
  'max-sm:m-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-full max-sm:max-w-none max-sm:rounded-none max-sm:border-0'

const looks = {
  window: windowLook,
  page: `${windowLook} ${pageOnPhone}`,
  wide: `mx-auto mt-[8dvh] w-[min(52rem,calc(100vw-1.5rem))] rounded-2xl ${pageOnPhone}`,
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
      <div
        className={cx(
          'flex max-h-[80dvh] flex-col',
          (look === 'page' || look === 'wide') && 'max-sm:h-full max-sm:max-h-none',
        )}
      >
        <header className="flex items-center justify-between gap-4 py-3 pr-3 pl-5">
          <h2 id={titleId} className="font-display text-xl font-semibold tracking-tight">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose} className="max-sm:size-11">
            <X className="size-4.5" aria-hidden="true" />
          </IconButton>
        </header>
        {children}
      </div>
    </Modal>
  )
}
