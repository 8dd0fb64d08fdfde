'use client'

import { useApolloClient } from '@apollo/client/react'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { announce } from '../../lib/announce'
import { conversationName } from '../../lib/conversations/conversation-name'
import type { WholeConversation } from '../../lib/conversations/conversation-cache'
import { openPlace } from '../../lib/navigate'
import { personOf } from '../../lib/people/people'
import { leave } from './change-details'
import { useAsking } from './use-asking'

interface Props {
  readonly conversation: WholeConversation
  readonly viewerId: string
}

/** The way out of a group. */
export function LeaveGroup({ conversation, viewerId }: Props) {
  const apollo = useApolloClient()
  const [isAsked, setAsked] = useState(false)
  const name = conversationName(conversation)
  const { ask, isBusy, problem } = useAsking(() => {
    announce(`You have left ${name}`)
    openPlace('/')
  })
  return (
    <section aria-label="Leave" className="border-t border-line px-2 pt-3">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setAsked(true)}
        className="flex h-11 w-full items-center gap-3 rounded-lg px-3 text-md font-medium text-danger -outline-offset-2! hover:bg-danger-wash"
      >
        <span className="grid size-9 shrink-0 place-items-center">
          <LogOut className="size-4.5" aria-hidden="true" />
        </span>
        Leave the group
      </button>
      {isAsked && (
        <ConfirmDialog
          title={`Leave “${name}”?`}
          action="Leave"
          isBusy={isBusy}
          problem={problem}
          onConfirm={() => void ask(() => leave(apollo, conversation.id))}
          onClose={() => setAsked(false)}
        >
          <p className="text-sm text-soft">{whatHappens(conversation, viewerId)}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}

/** As the conversation subgraph decides it: the longest-standing member inherits the group. */
function whatHappens({ members }: WholeConversation, viewerId: string): string {
  const others = members.filter(({ userId }) => userId !== viewerId)
  const [heir] = others
  if (heir === undefined) return 'You are the last one in it: after you nobody can see it or come back.'
  const back = 'You see nothing more of it until a member adds you again.'
  const isOwned = others.some(({ role }) => role === 'OWNER')
  return isOwned ? back : `${personOf(heir.userId, heir.user).displayName} becomes the owner. ${back}`
}
