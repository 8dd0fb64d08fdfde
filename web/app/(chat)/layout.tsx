'use client'

import { useParams, usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Announcer } from '../../components/announcer'
import { SignedInOnly } from '../../features/auth/signed-in-only'
import { ConnectionBanner } from '../../features/connection/connection-banner'
import { PageTitle } from '../../features/conversations/page-title'
import { Sidebar } from '../../features/conversations/sidebar'
import { FinderHost } from '../../features/new-conversation/finder-host'
import { ProfileMenu } from '../../features/profile/profile-menu'
import { PermalinkOpener } from '../../features/timeline/permalink-opener'
import { TimelineProvider } from '../../features/timeline/timeline-provider'

/** Two panes on a desktop; on a phone the route decides which one is seen. */
export default function ChatLayout({ children }: { readonly children: ReactNode }) {
  const { id } = useParams<{ id?: string }>()
  const activeId = id ?? null
  const isListOnly = usePathname() === '/'
  return (
    <SignedInOnly>
      <TimelineProvider>
        <PageTitle activeId={activeId} />
        <main className="grid h-dvh grid-cols-1 overflow-hidden md:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[22rem_minmax(0,1fr)]">
          <div className={`min-h-0 md:block md:border-r md:border-line ${isListOnly ? '' : 'hidden'}`}>
            <Sidebar activeId={activeId} foot={<ProfileMenu />} />
          </div>
          <div className={`flex min-h-0 min-w-0 flex-col md:flex ${isListOnly ? 'hidden' : ''}`}>{children}</div>
        </main>
        <ConnectionBanner />
        <FinderHost />
        <Announcer />
        <PermalinkOpener />
      </TimelineProvider>
    </SignedInOnly>
  )
}
