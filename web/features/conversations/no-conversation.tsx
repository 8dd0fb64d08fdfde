'use client'

import { SquarePen } from 'lucide-react'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { LogoMark } from '../../components/logo'
import { finderKeys, openFinder } from '../../lib/commands'
import { useConversations } from '../../lib/conversations/use-conversations'

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
          <Button onClick={openFinder}>
            <SquarePen className="size-4" aria-hidden="true" />
            New conversation
          </Button>
        }
      >
        {fresh
          ? 'Find people by name. One person makes a direct conversation, several make a group.'
          : `Choose a conversation on the left, or begin a new one with ${finderKeys()}.`}
      </EmptyState>
    </div>
  )
}
