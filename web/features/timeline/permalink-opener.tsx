'use client'

import { useEffect } from 'react'
import { isPlainClick } from '../../lib/navigate'
import { permalinkIn } from '../../lib/permalink'
import { useJump } from './use-jump'

/** A link to a message of this installation, wherever it stands, is opened in place and not as a page of its own. */
export function PermalinkOpener() {
  const jump = useJump()
  useEffect(() => {
    const open = (event: MouseEvent) => {
      if (!isPlainClick(event)) return
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const permalink = link === null ? null : permalinkIn(link.href, window.location.origin)
      if (permalink === null) return
      event.preventDefault()
      jump(permalink.conversationId, { messageId: permalink.messageId })
    }
    document.addEventListener('click', open)
    return () => document.removeEventListener('click', open)
  }, [jump])
  return null
}
