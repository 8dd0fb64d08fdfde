'use client'

import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { isPlainClick, leaveTo } from '../lib/navigate'
import { PlaceLink } from './place-link'

interface Props {
  readonly children: ReactNode
  /** Where one comes from on a phone. */
  readonly back?: { readonly href: string; readonly label: string }
}

const toList = { href: '/', label: 'Back to conversations' }

/** The head of what fills the space beside the list of conversations; on a phone, with the way back to it. */
export function PaneHeader({ children, back = toList }: Props) {
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-b border-line px-2 md:px-5">
      <PlaceLink
        href={back.href}
        aria-label={back.label}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          leaveTo(back.href)
        }}
        className="grid size-11 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover md:hidden"
      >
        <ArrowLeft className="size-5" aria-hidden="true" />
      </PlaceLink>
      {children}
    </header>
  )
}
