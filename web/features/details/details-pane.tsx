'use client'

import { SidePane } from '../../components/side-pane'
import { useConversation, useMembers } from '../../lib/conversations/use-conversation'
import { useSidePane } from '../../lib/side-pane'
import { useViewer } from '../../lib/session/use-session'
import { detailsButtonId } from './details-button'
import { GroupHead } from './group-head'
import { LeaveGroup } from './leave-group'
import { MemberList } from './member-list'
import { MuteSetting } from './mute-setting'
import { PersonProfile } from './person-profile'

/** What a conversation is: its name and topic, who is in it, and what one can do with it. */
export function DetailsPane({ conversationId }: { readonly conversationId: string }) {
  const isOpen = useSidePane()?.kind === 'details'
  return isOpen ? <Open conversationId={conversationId} /> : null
}

function Open({ conversationId }: { readonly conversationId: string }) {
  const viewer = useViewer()
  const { conversation, isPending } = useConversation(conversationId)
  const members = useMembers(conversationId)
  // Not a member any more: the conversation says so.
  if (conversation === null && !isPending) return null
  return (
    <SidePane conversationId={conversationId} name="Details" fallback={wayIn}>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-[max(1rem,env(safe-area-inset-bottom))]">
        {conversation === null && <Skeleton />}
        {conversation?.kind === 'DIRECT' && (
          <>
            <PersonProfile conversation={conversation} />
            <MuteSetting conversation={conversation} />
          </>
        )}
        {conversation?.kind === 'GROUP' && (
          <>
            <GroupHead conversation={conversation} />
            <MuteSetting conversation={conversation} />
            {members !== null && (
              <>
                <MemberList conversation={{ ...conversation, members }} viewerId={viewer.id} />
                <LeaveGroup conversation={{ ...conversation, members }} viewerId={viewer.id} />
              </>
            )}
          </>
        )}
      </div>
    </SidePane>
  )
}

/** On a phone the heading is the only way. */
function wayIn(): HTMLElement | null {
  const button = document.getElementById(detailsButtonId)
  return button?.checkVisibility() === true ? button : document.querySelector<HTMLElement>('h1 button[aria-expanded]')
}

function Skeleton() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading the details" className="flex flex-col items-center pt-8">
      <span className="shimmer size-14 rounded-full!" />
      <span className="shimmer mt-4 block h-4 w-40" />
      <span className="shimmer mt-2.5 block h-3 w-24" />
    </div>
  )
}
