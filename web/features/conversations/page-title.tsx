'use client'

import { conversationName } from '../../lib/conversations/conversation-name'
import { useConversations, useUnreadCount } from '../../lib/conversations/use-conversations'

/** The window's title: the unread count, then the open conversation. */
export function PageTitle({ activeId }: { readonly activeId: string | null }) {
  const { conversations } = useConversations()
  const unread = useUnreadCount()
  const active = conversations?.find((conversation) => conversation.id === activeId)
  const place = active === undefined ? 'Parley' : `${conversationName(active)} · Parley`
  return <title>{unread > 0 ? `(${unread}) ${place}` : place}</title>
}
