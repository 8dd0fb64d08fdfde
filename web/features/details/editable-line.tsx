'use client'

import { Pencil } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import { Button, IconButton } from '../../components/button'
import { TextField } from '../../components/text-field'

interface Props {
  /** What it is, as its field says it. */
  readonly label: string
  /** What the button says that edits it. */
  readonly action: string
  readonly value: string
  readonly maxLength: number
  readonly required?: boolean
  /** Resolves with the sentence that says why it was not saved; null when it was. */
  readonly onSave: (value: string) => Promise<string | null>
  /** How it looks while it is not edited. */
  readonly children: ReactNode
}

/** A line that is edited where it stands. Enter saves, Escape does not. */
export function EditableLine({ label, action, value, maxLength, required = false, onSave, children }: Props) {
  const [isEditing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useLayoutEffect(() => {
    if (wasEditing.current && !isEditing) button.current?.focus()
    wasEditing.current = isEditing
  }, [isEditing])
  if (isEditing)
    return (
      <LineForm
        label={label}
        value={value}
        maxLength={maxLength}
        required={required}
        onSave={onSave}
        onClose={() => setEditing(false)}
      />
    )
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">{children}</div>
      <IconButton ref={button} label={action} onClick={() => setEditing(true)} className="-my-1.5">
        <Pencil className="size-4" aria-hidden="true" />
      </IconButton>
    </div>
  )
}

interface FormProps extends Pick<Props, 'label' | 'value' | 'maxLength' | 'required' | 'onSave'> {
  readonly onClose: () => void
}

function LineForm({ label, value, maxLength, required = false, onSave, onClose }: FormProps) {
  const [text, setText] = useState(value)
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => form.current?.querySelector('input')?.select(), [])
  const next = text.trim()
  const save = async () => {
    setSaving(true)
    const told = next === value ? null : await onSave(next)
    setSaving(false)
    if (told === null) onClose()
    else setProblem(told)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onClose()
  }
  return (
    <form
      ref={form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      className="space-y-2.5 text-left"
    >
      <TextField
        label={label}
        error={problem}
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={maxLength}
        required={required}
        autoComplete="off"
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" isBusy={isSaving} disabled={required && next === ''}>
          Save
        </Button>
      </div>
    </form>
  )
}
