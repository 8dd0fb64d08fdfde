'use client'

import { useMutation } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { Smile, X } from 'lucide-react'
import { type RefObject, useId, useRef, useState } from 'react'
import { Button, IconButton } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { EmojiPopover } from '../../components/emoji-picker/emoji-popover'
import { TextField } from '../../components/text-field'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { ClearStatusDocument, SetStatusDocument } from '../../lib/presence/__generated__/presence'
import type { PresencePartsFragment } from '../../lib/presence/__generated__/presence'
import { presenceStore } from '../../lib/presence/presence-store'
import { untilTime } from '../../lib/time'
import { type ClearsAfter, clearsAfter, endOf, statusChoices } from './status-choices'

interface Props {
  readonly status: PresencePartsFragment['status']
  readonly onClose: () => void
}

interface Outcome {
  readonly presence: PresencePartsFragment | null
  readonly errors: readonly { readonly message: string }[]
}

/** What the viewer says of themselves for a while. */
export function StatusDialog({ status, onClose }: Props) {
  const [emoji, setEmoji] = useState(status?.emoji ?? '')
  const [text, setText] = useState(status?.text ?? '')
  const [setEnd] = useState(() => (status?.expiresAt ? new Date(status.expiresAt) : null))
  const [clears, setClears] = useState<ClearsAfter>(setEnd === null ? 'never' : 'set')
  const { save, clear, isSaving, problem } = useSaving(onClose)
  const isEmpty = emoji === '' && text.trim() === ''
  const emojiButton = useRef<HTMLButtonElement>(null)
  const [isPicking, setPicking] = useState(false)
  const pick = (picked: string) => {
    setPicking(false)
    setEmoji(picked)
  }
  return (
    <>
      <Dialog title="Your status" onClose={onClose}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void save(emoji, text.trim(), endOf(clears, new Date(), setEnd))
          }}
          className="space-y-4 overflow-y-auto px-5 pt-1 pb-5"
        >
          <div className="flex gap-3">
            <EmojiField
              button={emojiButton}
              emoji={emoji}
              onPick={() => setPicking(true)}
              onRemove={() => setEmoji('')}
            />
            <TextField
              label="Status"
              className="min-w-0 flex-1"
              error={problem}
              placeholder="What are you up to?"
              value={text}
              onChange={(event) => setText(event.target.value)}
              maxLength={limits.statusLength}
            />
          </div>
          <Choices
            onChoose={(choice) => {
              setEmoji(choice.emoji)
              setText(choice.text)
              setClears(choice.clears)
            }}
          />
          <ClearAfter value={clears} setEnd={setEnd} onChange={setClears} />
          <div className="flex justify-end gap-2">
            {status !== null && (
              <Button look="danger" className="mr-auto" isBusy={isSaving} onClick={() => void clear()}>
                Clear status
              </Button>
            )}
            <Button look="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" isBusy={isSaving} disabled={isEmpty}>
              Save
            </Button>
          </div>
        </form>
      </Dialog>
      {/* Not in the dialog: React would tell it of an Escape in the picker, too. */}
      {isPicking && <EmojiPopover anchor={emojiButton.current} onPick={pick} onClose={() => setPicking(false)} />}
    </>
  )
}

interface EmojiFieldProps {
  readonly button: RefObject<HTMLButtonElement | null>
  readonly emoji: string
  readonly onPick: () => void
  readonly onRemove: () => void
}

function EmojiField({ button, emoji, onPick, onRemove }: EmojiFieldProps) {
  const remove = () => {
    onRemove()
    // What was pressed is gone then.
    button.current?.focus()
  }
  return (
    <div className="shrink-0">
      <p aria-hidden="true" className="mb-1.5 text-sm font-medium">
        Emoji
      </p>
      <div className="flex items-center gap-1">
        <button
          ref={button}
          type="button"
          aria-label={emoji === '' ? 'Emoji: none. Pick one' : `Emoji: ${emoji}. Pick another`}
          aria-haspopup="dialog"
          onClick={onPick}
          className="grid h-11 w-14 place-items-center rounded-lg border border-line-strong bg-raised text-xl hover:bg-hover"
        >
          {emoji === '' ? <Smile className="size-4.5 text-faint" aria-hidden="true" /> : emoji}
        </button>
        {emoji !== '' && (
          <IconButton label="Remove the emoji" onClick={remove}>
            <X className="size-4.5" aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </div>
  )
}

function Choices({ onChoose }: { readonly onChoose: (choice: (typeof statusChoices)[number]) => void }) {
  return (
    <ul aria-label="Common statuses" className="flex flex-wrap gap-2">
      {statusChoices.map((choice) => (
        <li key={choice.text}>
          <Button look="quiet" onClick={() => onChoose(choice)}>
            <span aria-hidden="true">{choice.emoji}</span>
            {choice.text}
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface ClearAfterProps {
  readonly value: ClearsAfter
  /** When the status that is there ends. */
  readonly setEnd: Date | null
  readonly onChange: (value: ClearsAfter) => void
}

function ClearAfter(props: ClearAfterProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        Clear after
      </label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value as ClearsAfter)}
        className="h-11 w-full rounded-lg border border-line-strong bg-raised px-3 text-base sm:text-md"
      >
        {props.setEnd !== null && <option value="set">As set: {untilTime(props.setEnd, new Date())}</option>}
        {Object.entries(clearsAfter).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}

function useSaving(onDone: () => void) {
  const [problem, setProblem] = useState<string | undefined>()
  const [setStatus, setting] = useMutation(SetStatusDocument)
  const [clearStatus, clearing] = useMutation(ClearStatusDocument)

  async function run(change: () => Promise<Outcome | null | undefined>): Promise<void> {
    try {
      const outcome = await change()
      if (outcome?.presence) {
        presenceStore.learn([outcome.presence])
        onDone()
      } else setProblem(outcome?.errors[0]?.message ?? 'Your status could not be saved. Please try again.')
    } catch (error) {
      setProblem(sentenceOf(failureOf(error)))
    }
  }

  return {
    problem,
    isSaving: setting.loading || clearing.loading,
    save: (emoji: string, text: string, end: Date | null) =>
      run(async () => {
        const expiresAt = end?.toISOString() ?? null
        const { data } = await setStatus({
          variables: { input: { emoji: emoji || null, text: text || null, expiresAt } },
        })
        return data?.setStatus
      }),
    clear: () => run(async () => (await clearStatus()).data?.clearStatus),
  }
}
