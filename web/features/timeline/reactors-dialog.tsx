'use client'

import { useState } from 'react'
import { Avatar } from '../../components/avatar'
import { Dialog } from '../../components/dialog'
import { cx } from '../../lib/cx'
import { useViewer } from '../../lib/session/use-session'
import type { ShownReaction } from './model/reactions'
import { useReactorNames } from './use-reactor-names'

interface Props {
  readonly reactions: readonly ShownReaction[]
  /** Shown at first; null for all. */
  readonly emoji: string | null
  readonly onClose: () => void
}

/** Who reacted, for all emoji or for one of them. */
export function ReactorsDialog({ reactions, emoji, onClose }: Props) {
  const [chosen, setChosen] = useState(emoji)
  const shown = reactions.filter((reaction) => chosen === null || reaction.emoji === chosen)
  const total = reactions.reduce((sum, { userIds }) => sum + userIds.length, 0)
  return (
    <Dialog title="Reactions" onClose={onClose}>
      <div role="group" aria-label="Emoji" className="flex shrink-0 gap-1.5 overflow-x-auto px-5 pb-3">
        <Choice isChosen={chosen === null} label={`All, ${total}`} onChoose={() => setChosen(null)}>
          All {total}
        </Choice>
        {reactions.map(({ emoji: one, userIds }) => (
          <Choice
            key={one}
            isChosen={chosen === one}
            label={`${one}, ${userIds.length}`}
            onChoose={() => setChosen(one)}
          >
            {one} {userIds.length}
          </Choice>
        ))}
      </div>
      <ul aria-label="Who reacted" className="min-h-40 overflow-y-auto border-t border-line py-2">
        {shown.flatMap(({ emoji: one, userIds }) =>
          userIds.map((id) => <Reactor key={`${one} ${id}`} id={id} emoji={one} />),
        )}
      </ul>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly isChosen: boolean
  readonly label: string
  readonly onChoose: () => void
  readonly children: React.ReactNode
}

function Choice({ isChosen, label, onChoose, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-label={label}
      onClick={onChoose}
      className={cx(
        'h-8 shrink-0 rounded-full border px-3 text-sm tabular-nums',
        isChosen ? 'border-accent bg-wash font-semibold text-link' : 'border-line text-soft hover:bg-hover',
      )}
    >
      {children}
    </button>
  )
}

function Reactor({ id, emoji }: { readonly id: string; readonly emoji: string }) {
  const viewer = useViewer()
  const name = useReactorNames([id])(id)
  return (
    <li className="flex items-center gap-3 px-5 py-1.5">
      <Avatar id={id} name={name} />
      <span className="min-w-0 flex-1 truncate text-md">{id === viewer.id ? `${name} (you)` : name}</span>
      <span className="text-xl">{emoji}</span>
    </li>
  )
}
