'use client'

import { useNotifications } from './use-notifications'

/** Shows nothing in the page. Apart from the chat, so that what it follows renders nothing again. */
export function Notifications({ activeId }: { readonly activeId: string | null }) {
  useNotifications(activeId)
  return null
}
