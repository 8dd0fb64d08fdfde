'use client'

import { Info } from 'lucide-react'
import { IconButton } from '../../components/button'
import { cx } from '../../lib/cx'
import { closeSidePane, openSidePane, useSidePane } from '../../lib/side-pane'

export const detailsButtonId = 'conversation-details-button'

/** Opens the details of the conversation, and closes them. On a phone its heading does: a name needs the room. */
export function DetailsButton({ conversationId }: { readonly conversationId: string }) {
  const isOpen = useSidePane()?.kind === 'details'
  return (
    <IconButton
      id={detailsButtonId}
      label="Details"
      aria-expanded={isOpen}
      onClick={() => (isOpen ? closeSidePane(conversationId) : openSidePane(conversationId, { kind: 'details' }))}
      className={cx('max-md:hidden', isOpen && 'bg-selected text-ink')}
    >
      <Info className="size-4.5" aria-hidden="true" />
    </IconButton>
  )
}
