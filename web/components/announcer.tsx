'use client'

import { useStore } from '../lib/use-store'
import { announcementStore } from '../lib/announce'

/** The one polite live region of the page. */
export function Announcer() {
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {useStore(announcementStore)}
    </p>
  )
}
