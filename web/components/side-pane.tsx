'use client'

import { ArrowLeft, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { announce } from '../lib/announce'
import { closeSidePane, returnFocus } from '../lib/side-pane'
import { IconButton } from './button'

interface LayoutProps {
  /** What may be open beside the conversation. */
  readonly panes: ReactNode
  readonly children: ReactNode
}

/** A conversation with a pane beside it; where there is no room for both, the pane is before it. */
export function SidePaneLayout({ panes, children }: LayoutProps) {
  return (
    <div className="group/panes relative flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col max-lg:group-has-[>aside]/panes:invisible">{children}</div>
      {panes}
    </div>
  )
}

interface Props {
  readonly conversationId: string
  /** Its name, one word: it is the heading, and is in what closes it. */
  readonly name: string
  /** Where the focus goes when it is closed and what opened it is gone. */
  readonly fallback: () => HTMLElement | null
  readonly children: ReactNode
}

/** The frame of a pane beside a conversation. Rendered only while open; Escape closes it. */
export function SidePane({ conversationId, name, fallback, children }: Props) {
  const frame = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const close = () => closeSidePane(conversationId)
  const now = useRef(fallback)
  now.current = fallback
  useEffect(() => {
    // A field of the pane may have taken the focus already.
    if (frame.current?.contains(document.activeElement) !== true) heading.current?.focus()
    announce(`${name} opened`)
    return () => {
      // After what had the focus is gone.
      requestAnimationFrame(() => returnFocus(() => now.current()))
    }
  }, [name])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    close()
  }
  return (
    <aside
      ref={frame}
      aria-label={name}
      data-region="pane"
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-20 flex min-h-0 flex-col bg-paper lg:static lg:w-96 lg:shrink-0 lg:border-l lg:border-line xl:w-104"
    >
      <header className="flex h-15 shrink-0 items-center gap-3 border-b border-line px-3 md:px-5">
        <IconButton label="Back to the conversation" onClick={close} className="lg:hidden">
          <ArrowLeft className="size-5" aria-hidden="true" />
        </IconButton>
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate text-base font-semibold outline-none">
          {name}
        </h2>
        <IconButton
          label={`Close the ${name.toLowerCase()}`}
          title="Close (Esc)"
          onClick={close}
          className="max-lg:hidden"
        >
          <X className="size-5" aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  )
}
