'use client'

import { SquarePen, UsersRound } from 'lucide-react'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { LogoMark } from '../../components/logo'
import { openNewGroup, openSwitcher } from '../../lib/commands'
import { useConversations } from '../../lib/conversations/use-conversations'
import { isMac } from '../../lib/is-mac'
import { keyNames } from '../../lib/keys/chord'
import { switcherKey } from '../../lib/keys/shortcuts'

/** The right pane without an open conversation. */
export function NoConversation() {
  const { conversations } = useConversations()
  const fresh = conversations !== null && conversations.length === 0
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        picture={<LogoMark className="size-14" />}
        title={fresh ? 'Start your first conversation' : 'Pick up where you left off'}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={openSwitcher}>
              <SquarePen className="size-4" aria-hidden="true" />
              New conversation
            </Button>
            <Button look="quiet" onClick={openNewGroup}>
              <UsersRound className="size-4" aria-hidden="true" />
              New group
            </Button>
          </div>
        }
      >
        {fresh
          ? 'Find a person by name and say hello, or bring several together in a group.'
          : `Choose a conversation on the left, or press ${keyNames(switcherKey, isMac()).join(' ')} and type a name.`}
      </EmptyState>
    </div>
  )
}
