'use client'

import { useStorePart } from '../../lib/use-store'
import { TextButton } from './change-problems'
import type { Message } from './model/events'
import { usePlace } from './place'
import { useTimelines } from './timeline-provider'

/** An edit of the message was left for that of another one. */
export function UnfinishedEdit({ message }: { readonly message: Message }) {
  const { editing } = useTimelines()
  const { threadId } = usePlace()
  const isAside = useStorePart(editing.aside, (edits) => edits.some((edit) => edit.message.id === message.id))
  if (!isAside) return null
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-sm text-soft">
      <span>Your edit is not finished.</span>
      <TextButton onClick={() => editing.begin(message, threadId)}>Continue</TextButton>
      <TextButton onClick={() => editing.discard(message.id)}>Discard</TextButton>
    </p>
  )
}
