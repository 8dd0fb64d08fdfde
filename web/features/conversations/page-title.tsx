'use client'

import { useEffect, useRef, useState } from 'react'
import { conversationName } from '../../lib/conversations/conversation-name'
import { useConversations, useUnreadCount } from '../../lib/conversations/use-conversations'

/** The window's title: the unread count, then the open conversation. Who goes to another one hears its name. */
export function PageTitle({ activeId }: { readonly activeId: string | null }) {
  const { conversations } = useConversations()
  const unread = useUnreadCount()
  const active = conversations?.find((conversation) => conversation.id === activeId)
  const place = active === undefined ? 'Parley' : `${conversationName(active)} · Parley`
  const [told, setTold] = useState('')
  const from = useRef(activeId)
  useEffect(() => {
    if (from.current !== activeId) setTold(place)
    from.current = activeId
  }, [activeId, place])
  return (
    <>
      <title>{unread > 0 ? `(${unread}) ${place}` : place}</title>
      {/* Apart from the announcer: what one has done there is told as well. */}
      <p aria-live="assertive" className="sr-only">
        {told}
      </p>
    </>
  )
}
