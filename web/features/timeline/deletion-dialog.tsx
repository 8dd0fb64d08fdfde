'use client'

import { nameOf } from '../../lib/people/people'
import { useEffect } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { useStorePart } from '../../lib/use-store'
import { doomedIn } from './model/doomed'
import { readLines } from './model/timeline-state'
import type { Message } from './model/events'
import type { TimelineStore } from './model/timeline-store'
import { useTimelines } from './timeline-provider'
import { readable } from './model/mention-names'

interface Props {
  readonly store: TimelineStore
  /** The thread whose list it is. */
  readonly threadId?: string | null
  /** The message of the thread, which is shown with its list. */
  readonly root?: Message
}

/** Shows the message that is about to be deleted, and asks. Closes when somebody else has deleted it. */
export function DeletionDialog({ store, threadId = null, root }: Props) {
  const { changes, doomed } = useTimelines()
  const asked = useStorePart(doomed, (one) => (one?.threadId === threadId ? one : null))
  const cancel = () => doomed.set(null)
  const listed = useStorePart(store, ({ state }) => doomedIn(readLines(state), asked))
  const isRoot = root?.deletedAt === null && root.id === asked?.messageId
  const message = isRoot ? root : listed
  const isGone = asked !== null && message === null
  useEffect(() => {
    if (isGone) doomed.set(null)
  }, [isGone, doomed])
  if (asked === null || message === null) return null
  return (
    <ConfirmDialog
      title="Delete this message?"
      action="Delete"
      onConfirm={() => {
        cancel()
        void changes.want(message, { kind: 'delete' })
      }}
      onClose={cancel}
    >
      <blockquote
        dir="auto"
        className="line-clamp-6 border-l-2 border-line-strong pl-3 text-md wrap-anywhere whitespace-pre-wrap text-soft"
      >
        {readable(message.text, nameOf)}
      </blockquote>
      <p className="text-sm text-soft">
        {asked.own
          ? 'Its text disappears for everybody, and cannot be brought back.'
          : 'You delete it as the owner of this group: its text disappears for everybody, and everybody sees that it was you.'}
      </p>
    </ConfirmDialog>
  )
}
