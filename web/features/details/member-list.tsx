'use client'

import { UserPlus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { WholeConversation } from '../../lib/conversations/conversation-cache'
import type { Person } from '../../lib/people/people'
import { people } from '../../lib/people/people'
import { useStore } from '../../lib/use-store'
import { AddPeople } from './add-people'
import { isFiltered, listedMembers } from './listed-members'
import { MemberItem } from './member-item'
import { RemoveMemberDialog } from './remove-member-dialog'

interface Props {
  readonly conversation: WholeConversation
  readonly viewerId: string
}

/** Everybody in the group, and the way to bring in others. */
export function MemberList({ conversation, viewerId }: Props) {
  // Names change.
  useStore(people)
  const [filter, setFilter] = useState('')
  const [isAdding, setAdding] = useState(false)
  const [removed, setRemoved] = useState<Person | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const { members } = conversation
  const hasFilter = isFiltered(members)
  const shown = listedMembers(members, viewerId, hasFilter ? filter : '')
  const isOwner = members.some(({ userId, role }) => userId === viewerId && role === 'OWNER')
  return (
    <section aria-labelledby="members-heading" className="border-t border-line py-4">
      <h3 ref={heading} id="members-heading" tabIndex={-1} className="px-5 text-sm font-semibold outline-none">
        Members <span className="font-normal text-faint tabular-nums">{members.length}</span>
      </h3>
      {hasFilter && (
        <div className="px-5 pt-2.5">
          <input
            type="search"
            aria-label="Find a member"
            placeholder="Find a member"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            className="h-10 w-full rounded-lg border border-line-strong bg-raised px-3 text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-1 focus-visible:-outline-offset-2 sm:text-sm"
          />
        </div>
      )}
      <div className="px-2 pt-2">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setAdding(true)}
          className="flex h-12 w-full items-center gap-3 rounded-lg px-3 text-md font-medium text-link -outline-offset-2! hover:bg-hover"
        >
          <span className="grid size-9 shrink-0 place-items-center rounded-full bg-wash">
            <UserPlus className="size-4.5" aria-hidden="true" />
          </span>
          Add people
        </button>
        <ul aria-label="Members">
          {shown.map((member) => (
            <MemberItem
              key={member.person.id}
              member={member}
              onRemove={isOwner && !member.isViewer ? () => setRemoved(member.person) : null}
            />
          ))}
        </ul>
        {shown.length === 0 && (
          <p role="status" className="px-3 py-3 text-sm text-soft">
            No member has the name “{filter.trim()}”.
          </p>
        )}
      </div>
      {isAdding && <AddPeople conversation={conversation} onClose={() => setAdding(false)} />}
      {removed !== null && (
        <RemoveMemberDialog
          conversation={conversation}
          person={removed}
          onClose={() => setRemoved(null)}
          onRemoved={() => {
            setRemoved(null)
            // The button that had the focus goes away with the member.
            setTimeout(() => heading.current?.focus())
          }}
        />
      )}
    </section>
  )
}
