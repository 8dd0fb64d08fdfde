'use client'

import { SmilePlus } from 'lucide-react'
import { cx } from '../../lib/cx'
import { useLongPress } from '../../lib/use-long-press'
import { useViewer } from '../../lib/session/use-session'
import type { Message } from './model/events'
import { reactorNames, type ShownReaction } from './model/reactions'
import { usePlace } from './place'
import { useTimelines } from './timeline-provider'
import { useReactions } from './use-reactions'
import { useReactorNames } from './use-reactor-names'

/** The reactions to a message: a click adds or removes the viewer’s own, a long press shows who reacted. */
export function ReactionChips({ message }: { readonly message: Message }) {
  const { changes, reacting } = useTimelines()
  const { threadId } = usePlace()
  const shown = useReactions(message)
  if (shown.length === 0) return null
  return (
    <div role="group" aria-label="Reactions" className="mt-1 mb-1 flex flex-wrap items-center gap-1">
      {shown.map((reaction) => (
        <Chip
          key={reaction.emoji}
          reaction={reaction}
          onToggle={() => changes.toggleReaction(message, reaction.emoji)}
          onWho={() => reacting.set({ messageId: message.id, threadId, shows: 'people', emoji: reaction.emoji })}
        />
      ))}
      <button
        type="button"
        aria-label="Add reaction"
        title="Add reaction"
        onClick={() => reacting.set({ messageId: message.id, threadId, shows: 'picker' })}
        className="grid h-7 w-9 place-items-center rounded-full border border-line bg-paper text-faint hover:bg-hover hover:text-ink"
      >
        <SmilePlus className="size-4" aria-hidden="true" />
      </button>
    </div>
  )
}

interface ChipProps {
  readonly reaction: ShownReaction
  readonly onToggle: () => void
  readonly onWho: () => void
}

function Chip({ reaction: { emoji, userIds, isOwn }, onToggle, onWho }: ChipProps) {
  const count = userIds.length
  const press = useLongPress(onToggle, onWho)
  return (
    <span className="group/chip relative">
      <button
        type="button"
        aria-pressed={isOwn}
        aria-label={`${emoji}, ${count} ${count === 1 ? 'reaction' : 'reactions'}`}
        {...press}
        className={cx(
          'flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm tabular-nums select-none [-webkit-touch-callout:none]',
          isOwn
            ? 'border-accent bg-wash font-semibold text-link'
            : 'border-line bg-raised text-soft hover:bg-hover hover:text-ink',
        )}
      >
        <span className="text-base leading-none">{emoji}</span>
        {count}
      </button>
      <Names emoji={emoji} userIds={userIds} />
    </span>
  )
}

/** On hover and keyboard focus. Screen readers have the dialog with who reacted. */
function Names({ emoji, userIds }: { readonly emoji: string; readonly userIds: readonly string[] }) {
  const viewer = useViewer()
  const nameOf = useReactorNames(userIds)
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute bottom-full left-0 z-20 mb-1.5 hidden w-max max-w-64 rounded-lg border border-line bg-raised px-2.5 py-1.5 text-xs text-soft shadow-float group-has-focus-visible/chip:block pointer-fine:group-hover/chip:block"
    >
      <span className="font-medium text-ink">{reactorNames(userIds, viewer.id, nameOf)}</span> reacted with {emoji}
    </span>
  )
}
