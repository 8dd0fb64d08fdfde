'use client'

import { Bookmark } from 'lucide-react'
import { PlaceLink } from '../../components/place-link'
import { cx } from '../../lib/cx'
import { usePlace } from '../../lib/navigate'

/** The way to what the viewer has bookmarked in all conversations. */
export function BookmarksLink() {
  const active = usePlace().kind === 'bookmarks'
  return (
    <PlaceLink
      href="/bookmarks"
      aria-current={active ? 'page' : undefined}
      className={cx(
        'flex h-9 items-center pointer-coarse:h-11 gap-2.5 rounded-lg px-3 text-sm text-soft -outline-offset-2! transition-colors',
        active ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <Bookmark className="size-4" aria-hidden="true" />
      Bookmarks
    </PlaceLink>
  )
}
