'use client'

import { Bell, X } from 'lucide-react'
import { Button, IconButton } from '../../components/button'
import { useConversations } from '../../lib/conversations/use-conversations'
import { useStore } from '../../lib/use-store'
import { offerChoice } from './choices'
import { askPermission, permissionStore } from './permission'

/** A quiet line for those who have not decided about notifications, once they have somebody to hear from. */
export function NotificationsOffer() {
  const permission = useStore(permissionStore)
  const offer = useStore(offerChoice)
  const { conversations } = useConversations()
  const hasConversations = conversations !== null && conversations.length > 0
  if (permission !== 'default' || offer === 'dismissed' || !hasConversations) return null
  const turnOn = async () => {
    await askPermission()
    offerChoice.set('dismissed')
  }
  return (
    <section aria-label="Offer of notifications" className="mb-1 flex items-center gap-2 pl-2">
      <Bell className="size-4 shrink-0 text-soft" aria-hidden="true" />
      <p className="min-w-0 flex-1 text-sm text-soft">Get notified of new messages?</p>
      <Button look="quiet" onClick={() => void turnOn()}>
        Turn on
      </Button>
      <IconButton label="No notifications" onClick={() => offerChoice.set('dismissed')}>
        <X className="size-4" aria-hidden="true" />
      </IconButton>
    </section>
  )
}
