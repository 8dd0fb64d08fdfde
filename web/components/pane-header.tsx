import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { PlaceLink } from './place-link'

/** The head of what fills the space beside the list of conversations; on a phone, with the way back to it. */
export function PaneHeader({ children }: { readonly children: ReactNode }) {
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-b border-line px-3 md:px-5">
      <PlaceLink
        href="/"
        aria-label="Back to conversations"
        className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover md:hidden"
      >
        <ArrowLeft className="size-5" aria-hidden="true" />
      </PlaceLink>
      {children}
    </header>
  )
}
