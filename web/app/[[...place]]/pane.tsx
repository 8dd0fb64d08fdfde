'use client'

import { memo } from 'react'
import { GoneConversation } from '../../components/gone-conversation'
import { PaneHeader } from '../../components/pane-header'
import { SidePaneLayout } from '../../components/side-pane'
import { BookmarksPane } from '../../features/bookmarks/bookmarks-pane'
import { ConversationHeader } from '../../features/conversations/conversation-header'
import { NoConversation } from '../../features/conversations/no-conversation'
import { DetailsButton } from '../../features/details/details-button'
import { DetailsPane } from '../../features/details/details-pane'
import { ShortcutToSwitcher } from '../../features/switcher/open-switcher'
import { SharePane } from '../../features/share/share-pane'
import { ThreadList } from '../../features/threads/thread-list'
import { PinnedButton } from '../../features/timeline/pinned-button'
import { ThreadPane } from '../../features/timeline/thread-pane'
import { TimelinePane } from '../../features/timeline/timeline-pane'
import type { ConversationPlace, Place } from '../../lib/place'
import { Settings } from './settings'

/** The places of those who are signed in. */
export type ChatPlace = Exclude<Place, { readonly kind: 'login' | 'register' }>

/** What is beside the list of conversations. */
export function Pane({ place }: { readonly place: ChatPlace }) {
  switch (place.kind) {
    case 'list':
      return <NoConversation />
    case 'conversation':
      return <Conversation key={place.id} id={place.id} messageId={place.messageId} />
    case 'bookmarks':
      return <BookmarksPane />
    case 'threads':
      return <ThreadList />
    case 'settings':
      return <Settings section={place.section} />
    case 'share':
      return <SharePane text={place.text} />
    case 'new':
      return <ShortcutToSwitcher />
    case 'nowhere':
      return <Nowhere />
  }
}

type ConversationProps = Pick<ConversationPlace, 'id' | 'messageId'>

/** Its panes look for themselves at what is open beside it. */
const Conversation = memo(function Conversation({ id, messageId }: ConversationProps) {
  return (
    <SidePaneLayout
      panes={
        <>
          <ThreadPane conversationId={id} />
          <DetailsPane conversationId={id} />
        </>
      }
    >
      <ConversationHeader conversationId={id}>
        <PinnedButton conversationId={id} />
        <DetailsButton conversationId={id} />
      </ConversationHeader>
      <TimelinePane conversationId={id} messageId={messageId} />
    </SidePaneLayout>
  )
})

function Nowhere() {
  return (
    <>
      <PaneHeader>
        <h1 className="text-base font-semibold">Conversation</h1>
      </PaneHeader>
      <GoneConversation wasHere={false} />
    </>
  )
}
