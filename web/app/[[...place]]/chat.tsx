'use client'

import { Announcer } from '../../components/announcer'
import { SignedInOnly } from '../../features/auth/signed-in-only'
import { ConnectionBanner } from '../../features/connection/connection-banner'
import { PageTitle } from '../../features/conversations/page-title'
import { UnreadBadge } from '../../features/conversations/unread-badge'
import { Sidebar } from '../../features/conversations/sidebar'
import { Notifications } from '../../features/notifications/notifications'
import { NotificationsOffer } from '../../features/notifications/notifications-offer'
import { ProfileMenu } from '../../features/profile/profile-menu'
import { PermalinkOpener } from '../../features/timeline/permalink-opener'
import { TimelineProvider } from '../../features/timeline/timeline-provider'
import { Opened } from './opened'
import { type ChatPlace, Pane } from './pane'

const foot = (
  <>
    <NotificationsOffer />
    <ProfileMenu />
  </>
)

/** Two panes on a desktop; on a phone the place decides which one is seen. */
export function Chat({ place }: { readonly place: ChatPlace }) {
  const activeId = place.kind === 'conversation' ? place.id : null
  const isListOnly = place.kind === 'list'
  return (
    <SignedInOnly>
      <TimelineProvider>
        <PageTitle activeId={activeId} />
        <UnreadBadge />
        <Notifications activeId={activeId} />
        <main className="grid h-dvh grid-cols-1 overflow-hidden md:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[22rem_minmax(0,1fr)]">
          <div className={`min-h-0 md:block md:border-r md:border-line ${isListOnly ? '' : 'hidden'}`}>
            <Sidebar activeId={activeId} foot={foot} />
          </div>
          <div data-region="main" className={`flex min-h-0 min-w-0 flex-col md:flex ${isListOnly ? 'hidden' : ''}`}>
            <Pane place={place} />
          </div>
        </main>
        <ConnectionBanner />
        <Opened />
        <Announcer />
        <PermalinkOpener />
      </TimelineProvider>
    </SignedInOnly>
  )
}
