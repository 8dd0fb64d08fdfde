'use client'

import { useApolloClient } from '@apollo/client/react'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { conversationName } from '../../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import type { Person } from '../../lib/people/people'
import { removeMember } from './change-details'
import { useAsking } from './use-asking'

interface Props {
  readonly conversation: ConversationPartsFragment
  readonly person: Person
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Asks the owner before a member is removed. */
export function RemoveMemberDialog({ conversation, person, onClose, onRemoved }: Props) {
  const apollo = useApolloClient()
  const { ask, isBusy, problem } = useAsking(onRemoved)
  return (
    <ConfirmDialog
      title={`Remove ${person.displayName}?`}
      action="Remove"
      isBusy={isBusy}
      problem={problem}
      onConfirm={() => void ask(() => removeMember(apollo, conversation.id, person.id))}
      onClose={onClose}
    >
      <p className="text-sm text-soft">
        They see nothing more of “{conversationName(conversation)}”, also not what was written while they were in it.
        What they wrote stays. Any member can add them again.
      </p>
    </ConfirmDialog>
  )
}
