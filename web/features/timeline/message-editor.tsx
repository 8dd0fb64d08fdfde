'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button'
import { useStorePart } from '../../lib/use-store'
import { MessageField } from './message-field'
import { type Edit, pendingEdit } from './model/editing-store'
import { isSendable } from './model/message-text'
import { NotifyDialog } from './notify-dialog'
import { useTimelines } from './timeline-provider'
import { type GroupMention, useGroupMention } from './use-group-mention'

/** Replaces a message's text while it is edited: Enter saves, Escape cancels. */
export function MessageEditor({ edit }: { readonly edit: Edit }) {
  const { changes, editing } = useTimelines()
  const pending = useStorePart(changes, (all) => pendingEdit(all, edit.message.id))
  const isSaving = pending !== null && pending.problem === null
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const { current } = field
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [])
  const groupMention = useGroupMention(edit.message.conversationId)
  const [asked, setAsked] = useState<GroupMention | null>(null)
  const save = (isConfirmed = false) => {
    if (!isSendable(edit.text)) return
    const many = isConfirmed ? null : groupMention(editing.textOf(edit), edit.message.text)
    setAsked(many)
    if (many === null) void editing.save()
  }
  return (
    <>
      <form
        aria-label="Edit message"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
        className="max-w-[75ch] py-1"
      >
        <MessageField
          ref={field}
          label="New text"
          conversationId={edit.message.conversationId}
          text={edit.text}
          onChange={(text) => editing.change(text)}
          onEnter={() => save()}
          onKey={(event) => {
            if (event.key !== 'Escape') return
            // A pane around it would close, too.
            event.preventDefault()
            editing.cancel()
          }}
        />
        <div className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-faint">
          <Button type="submit" isBusy={isSaving} disabled={!isSendable(edit.text)}>
            Save
          </Button>
          <Button look="quiet" onClick={() => editing.cancel()}>
            Cancel
          </Button>
          <span className="pointer-coarse:hidden">Enter saves, Escape cancels</span>
          {pending !== null && pending.problem !== null && (
            <span role="alert" className="text-sm text-danger">
              Not saved. {pending.problem}
            </span>
          )}
        </div>
      </form>
      {asked !== null && (
        <NotifyDialog {...asked} action="Save" onSend={() => save(true)} onClose={() => setAsked(null)} />
      )}
    </>
  )
}
