'use client'

import { useApolloClient } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { useState } from 'react'
import { Button } from '../../components/button'
import { Finder } from '../../components/finder/finder'
import type { WholeConversation } from '../../lib/conversations/conversation-cache'
import type { PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { addMembers } from './change-details'
import { useAsking } from './use-asking'

interface Props {
  readonly conversation: WholeConversation
  readonly onClose: () => void
}

/** Finds people and brings them into the group. */
export function AddPeople({ conversation: { id, members }, onClose }: Props) {
  const apollo = useApolloClient()
  const [chosen, setChosen] = useState<readonly PersonPartsFragment[]>([])
  const { ask, isBusy, problem } = useAsking(onClose)
  const room = limits.members - members.length - chosen.length
  const add = () => {
    const ids = chosen.map((person) => person.id)
    if (ids.length > 0 && room >= 0 && !isBusy) void ask(() => addMembers(apollo, id, ids))
  }
  return (
    <Finder
      title="Add people"
      chosen={chosen}
      onChosen={setChosen}
      noteOf={(userId) => (members.some((member) => member.userId === userId) ? 'In the group' : null)}
      onDone={add}
      onClose={onClose}
    >
      <div className="border-t border-line px-5 pt-4 pb-5">
        <div role="alert">{problem !== null && <p className="mb-3 text-sm text-danger">{problem}</p>}</div>
        <div className="flex items-center justify-between gap-4">
          <p className="text-xs text-faint">{hint(chosen.length, room)}</p>
          <Button isBusy={isBusy} disabled={chosen.length === 0 || room < 0} onClick={add}>
            {chosen.length < 2 ? 'Add' : `Add ${chosen.length} people`}
          </Button>
        </div>
      </div>
    </Finder>
  )
}

function hint(count: number, room: number): string {
  if (room < 0) return `A group has at most ${limits.members} members: ${-room} too many.`
  if (room <= 10) return `There is room for ${room} more.`
  return count === 0 ? 'Everybody in the group sees who joins.' : 'They see everything that was written before.'
}
