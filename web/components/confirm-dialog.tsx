'use client'

import type { ReactNode } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'

interface Props {
  readonly title: string
  /** What is done, as the button says it. */
  readonly action: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly isBusy?: boolean
  /** Why it could not be done. */
  readonly problem?: string | null
  /** What it means. */
  readonly children: ReactNode
}

/** Asks before something that cannot simply be taken back. */
export function ConfirmDialog({ title, action, onConfirm, onClose, isBusy = false, problem = null, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="space-y-4 px-5 pb-5">
        {children}
        <div role="alert">{problem !== null && <p className="text-sm text-danger">{problem}</p>}</div>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="danger"
            data-first-focus
            isBusy={isBusy}
            className="border border-danger disabled:opacity-50"
            onKeyDown={(event) => {
              // Of the key that opened this and is still held.
              if (event.repeat) event.preventDefault()
            }}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
