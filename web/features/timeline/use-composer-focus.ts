import { type RefObject, useEffect, useRef } from 'react'
import { announce } from '../../lib/announce'
import { isUpdate } from '../../lib/drafts'
import { hasKeyboard } from '../../lib/has-keyboard'
import { personOf } from '../../lib/people/people'
import type { Quote } from './model/events'

type Field = RefObject<HTMLTextAreaElement | null>

/** Who begins a reply writes it. Not for one that was begun earlier, which is there when the field appears. */
export function useReplyFocus(replyTo: Quote | null, field: Field): void {
  const known = useRef(replyTo)
  useEffect(() => {
    const before = known.current
    if (replyTo === before) return
    known.current = replyTo
    if (replyTo === null || isUpdate(before, replyTo)) return
    field.current?.focus()
    announce(`Replying to ${personOf(replyTo.authorId, null).displayName}`)
  }, [replyTo, field])
}

/** After a message was edited the focus returns to the field. */
export function useFocusAfterEdit(isEditing: boolean, field: Field): void {
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !isEditing && hasKeyboard()) field.current?.focus()
    wasEditing.current = isEditing
  }, [field, isEditing])
}
