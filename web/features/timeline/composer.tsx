'use client'

import { limits } from '@parley/kernel/limits'
import { SendHorizontal } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useEffect, useId, useRef } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { cx } from '../../lib/cx'
import { draftOf } from '../../lib/drafts'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { lengthOf, nearLimit, trimmed } from './model/message-text'

/** Milliseconds. Quicker than any second press of a key. */
const compositionEcho = 40

interface Props {
  readonly conversationId: string
  readonly onSend: (text: string) => void
}

/** Where one writes. Enter sends, Shift+Enter breaks the line; what is not sent is kept as a draft. */
export function Composer({ conversationId, onSend }: Props) {
  const viewer = useViewer()
  const draft = draftOf(viewer.id, conversationId)
  const text = useStore<string>(draft)
  const field = useRef<HTMLTextAreaElement>(null)
  const composedAt = useRef(-Infinity)
  const noteId = useId()
  const length = lengthOf(text)
  const tooLong = length > limits.messageLength
  const sendable = trimmed(text) !== '' && !tooLong

  useEffect(() => draft.reread(), [draft])
  const send = () => {
    if (!sendable) return
    onSend(trimmed(text))
    draft.set('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter belongs to it. Safari ends the composition just before it tells of the key.
    const composing = event.nativeEvent.isComposing || event.timeStamp - composedAt.current < compositionEcho
    if (event.key !== 'Enter' || event.shiftKey || composing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-5 md:pb-5"
    >
      <div
        className={cx(
          'flex items-end gap-1 rounded-2xl border bg-raised py-1.5 pr-1.5 pl-4 has-[textarea:focus-visible]:border-focus has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:-outline-offset-2 has-[textarea:focus-visible]:outline-focus',
          tooLong ? 'border-danger' : 'border-line-strong',
        )}
      >
        <TextareaAutosize
          dir="auto"
          ref={field}
          aria-label="Message"
          aria-invalid={tooLong ? true : undefined}
          aria-describedby={nearLimit(length) ? noteId : undefined}
          placeholder="Write a message"
          value={text}
          minRows={1}
          maxRows={10}
          onChange={(event) => draft.set(event.target.value)}
          onKeyDown={onKeyDown}
          onCompositionEnd={(event) => {
            composedAt.current = event.timeStamp
          }}
          autoFocus={window.matchMedia('(pointer: fine)').matches}
          className="flex-1 resize-none self-center bg-transparent py-1.5 text-base outline-none placeholder:text-faint sm:text-md"
        />
        {nearLimit(length) && (
          <span
            id={noteId}
            role="status"
            className={cx(
              'self-center px-2 text-xs tabular-nums',
              tooLong ? 'font-semibold text-danger' : 'text-faint',
            )}
          >
            {tooLong ? `${length - limits.messageLength} too many` : `${limits.messageLength - length} left`}
          </span>
        )}
        <button
          type="submit"
          aria-label="Send"
          title="Send (Enter)"
          disabled={!sendable}
          className="grid size-9 shrink-0 place-items-center rounded-xl bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:bg-transparent disabled:text-faint"
        >
          <SendHorizontal className="size-4.5" aria-hidden="true" />
        </button>
      </div>
    </form>
  )
}
