'use client'

import { useEffect } from 'react'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { useStorePart } from '../../lib/use-store'
import { doomedIn } from './model/deletion-store'
import type { TimelineStore } from './model/timeline-store'
import { useTimelines } from './timeline-provider'

/** Shows the message that is about to be deleted, and asks. Closes when somebody else has deleted it. */
export function DeletionDialog({ store }: { readonly store: TimelineStore }) {
  const { deletions } = useTimelines()
  const asked = useStorePart(deletions, ({ asked }) => asked)
  const message = useStorePart(store, ({ state }) => doomedIn(state.lines, asked))
  const isGone = asked !== null && message === null
  useEffect(() => {
    if (isGone) deletions.cancel()
  }, [isGone, deletions])
  if (asked === null || message === null) return null
  return (
    <Dialog title="Delete this message?" onClose={() => deletions.cancel()}>
      <div className="space-y-4 px-5 pb-5">
        <blockquote
          dir="auto"
          className="line-clamp-6 border-l-2 border-line-strong pl-3 text-md wrap-anywhere whitespace-pre-wrap text-soft"
        >
          {message.text}
        </blockquote>
        <p className="text-sm text-soft">
          {asked.own
            ? 'Its text disappears for everybody, and cannot be brought back.'
            : 'You delete it as the owner of this group: its text disappears for everybody, and everybody sees that it was you.'}
        </p>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => deletions.cancel()}>
            Cancel
          </Button>
          <Button
            look="danger"
            data-first-focus
            className="border border-danger"
            onClick={() => void deletions.confirm()}
          >
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
