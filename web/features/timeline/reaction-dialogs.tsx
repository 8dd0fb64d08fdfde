'use client'

import type { RefObject } from 'react'
import { EmojiPopover } from '../../components/emoji-picker/emoji-popover'
import { useStorePart } from '../../lib/use-store'
import type { Message } from './model/events'
import { usePlace } from './place'
import { ReactorsDialog } from './reactors-dialog'
import { useTimelines } from './timeline-provider'
import { useReactions } from './use-reactions'

interface Props {
  readonly message: Message
  /** The message's row, beside which the picker opens. */
  readonly row: RefObject<HTMLElement | null>
}

/** What was opened for a message: the emoji picker, or who reacted. Beside the message, whose keys are not theirs. */
export function ReactionDialogs({ message, row }: Props) {
  const { changes, reacting } = useTimelines()
  const { threadId } = usePlace()
  const opened = useStorePart(reacting, (open) =>
    open?.messageId === message.id && open.threadId === threadId ? open : null,
  )
  if (opened === null) return null
  const close = () => reacting.set(null)
  if (opened.shows === 'people') return <People message={message} emoji={opened.emoji ?? null} onClose={close} />
  return (
    <EmojiPopover
      anchor={row.current}
      onClose={close}
      onPick={(emoji) => {
        close()
        void changes.want(message, { kind: 'react', emoji, isAdded: true })
      }}
    />
  )
}

interface PeopleProps {
  readonly message: Message
  readonly emoji: string | null
  readonly onClose: () => void
}

function People({ message, emoji, onClose }: PeopleProps) {
  const shown = useReactions(message)
  return <ReactorsDialog reactions={shown} emoji={emoji} onClose={onClose} />
}
