'use client'

import { Search, SquarePen, UsersRound } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { IconButton } from '../../components/button'
import { Wordmark } from '../../components/logo'
import { openNewGroup, openSwitcher } from '../../lib/commands'
import { isMac } from '../../lib/is-mac'
import { keyNames } from '../../lib/keys/chord'
import { switcherKey } from '../../lib/keys/shortcuts'
import { useLiveConversations } from '../../lib/conversations/use-conversations'
import { useLivePresence } from '../../lib/presence/use-live-presence'
import { useViewer } from '../../lib/session/use-session'
import { BookmarksLink } from './bookmarks-link'
import { ConversationList } from './conversation-list'
import { ThreadsLink } from './threads-link'

interface Props {
  readonly activeId: string | null
  /** The content of the footer: the viewer's own menu. */
  readonly foot: ReactNode
}

/** The left pane on a desktop, the first page on a phone. Not touched by what opens beside a conversation. */
export const Sidebar = memo(function Sidebar({ activeId, foot }: Props) {
  useLiveConversations(useViewer().id)
  useLivePresence(activeId)
  return (
    <div className="flex h-full flex-col bg-rail">
      <header className="flex h-15 shrink-0 items-center justify-between pr-3 pl-5">
        <h1 className="flex">
          <Wordmark className="text-lg" />
        </h1>
        <div className="flex">
          <IconButton label="New group" onClick={openNewGroup} className="max-md:size-11">
            <UsersRound className="size-4.5" aria-hidden="true" />
          </IconButton>
          <IconButton label="New conversation" onClick={openSwitcher} className="max-md:size-11">
            <SquarePen className="size-4.5" aria-hidden="true" />
          </IconButton>
        </div>
      </header>
      <div className="px-3 pb-3">
        <button
          type="button"
          onClick={openSwitcher}
          className="flex h-9 w-full items-center gap-2.5 rounded-lg border border-line bg-paper px-3 text-sm text-faint max-md:h-11 transition-colors hover:border-line-strong"
        >
          <Search className="size-4" aria-hidden="true" />
          Find people or conversations
          <kbd
            aria-hidden="true"
            className="ml-auto rounded border border-line px-1.5 font-sans text-2xs max-md:hidden"
          >
            {keyNames(switcherKey, isMac()).join(' ')}
          </kbd>
        </button>
      </div>
      <div className="px-2 pb-2">
        <ThreadsLink />
        <BookmarksLink />
      </div>
      <nav aria-label="Conversations" data-region="list" className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <ConversationList activeId={activeId} />
      </nav>
      <footer className="shrink-0 border-t border-line p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">{foot}</footer>
    </div>
  )
})
