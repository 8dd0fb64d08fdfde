'use client'

import { useEffect } from 'react'
import { useUnreadCount } from '../../lib/conversations/use-conversations'
import { unreadIcon } from './unread-icon'

/** That something is unread, for those who see the tab or the installed app only: a dot on its icon, and the number. */
export function UnreadBadge() {
  const count = useUnreadCount()
  const hasUnread = count > 0
  useEffect(() => {
    const icon = document.head.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (!hasUnread || icon === null) return
    const usual = icon.href
    icon.href = unreadIcon
    return () => {
      icon.href = usual
    }
  }, [hasUnread])
  useEffect(() => {
    setBadge(count)
  }, [count])
  useEffect(() => () => setBadge(0), [])
  return null
}

/** Only an installed app has one. */
function setBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return
  navigator.setAppBadge(count).catch(() => undefined)
}
