'use client'

import { UserMinus } from 'lucide-react'
import { Avatar } from '../../components/avatar'
import { IconButton } from '../../components/button'
import { PresenceDot } from '../../components/presence-dot'
import { StatusEmoji } from '../../components/status-emoji'
import { presenceWords } from '../../lib/presence/presence-words'
import { usePresence } from '../../lib/presence/use-presence'
import { useNow } from '../../lib/use-now'
import type { ListedMember } from './listed-members'

interface Props {
  readonly member: ListedMember
  /** Null when the viewer may not. */
  readonly onRemove: (() => void) | null
}

/** A member: who they are, whether they are here, and what they may. */
export function MemberItem({ member: { person, isOwner, isViewer }, onRemove }: Props) {
  const presence = usePresence(person.id)
  const now = useNow(30_000)
  const words = [person.username === '' ? '' : `@${person.username}`, presenceWords(presence, now)]
  return (
    <li className="group flex min-h-12 items-center gap-3 rounded-lg px-3 py-1 hover:bg-hover">
      <span className="relative inline-grid shrink-0">
        <Avatar id={person.id} name={person.displayName} />
        <PresenceDot state={presence?.state} on="paper" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-1.5 text-md leading-5">
          <span className="truncate font-medium" dir="auto">
            {person.displayName}
          </span>
          {isViewer && <span className="shrink-0 text-sm text-faint">You</span>}
          <StatusEmoji userId={person.id} />
        </span>
        <span className="block truncate text-xs text-faint">{words.filter((part) => part !== '').join(' · ')}</span>
      </span>
      {isOwner && (
        <span className="shrink-0 rounded-full bg-wash px-2 py-px text-2xs font-semibold text-link">Owner</span>
      )}
      {onRemove !== null && (
        <IconButton
          label={`Remove ${person.displayName}`}
          title={`Remove ${person.displayName} from the group`}
          aria-haspopup="dialog"
          onClick={onRemove}
          className="-mr-1.5 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100"
        >
          <UserMinus className="size-4" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  )
}
