'use client'

import { limits } from '@parley/kernel/limits'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { useId, useRef } from 'react'
import TextareaAutosize from 'react-textarea-autosize'
import { cx } from '../../lib/cx'
import { isMac } from '../../lib/is-mac'
import { applyMark } from './apply-mark'
import { CompletionList, completionOptionId } from './completion-list'
import { useEmojiCompletion } from './emoji-completion'
import { useMentionCompletion } from './mention-completion'
import { markOfKey } from './model/marks'
import { lengthOf, nearLimit } from './model/message-text'
import { useCompletion } from './use-completion'

/** Milliseconds. Quicker than any second press of a key. */
const compositionEcho = 40

interface Props {
  readonly label: string
  /** Whose members are offered after an @. */
  readonly conversationId: string
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onEnter: () => void
  /** Any other key, while no input method composes. */
  readonly onKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly ref?: Ref<HTMLTextAreaElement>
  /** Beside the text, at its end. */
  readonly children?: ReactNode
}

/** The text field of a message: it grows, Enter submits, Shift+Enter breaks the line, keys make marks, the limit is shown in time. */
export function MessageField({ label, conversationId, text, onChange, onEnter, onKey, ref, ...props }: Props) {
  const { placeholder, autoFocus, children } = props
  const completion = useCompletion([useMentionCompletion(conversationId), useEmojiCompletion()])
  const frame = useRef<HTMLDivElement>(null)
  const own = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const composedAt = useRef(-Infinity)
  const noteId = useId()
  const length = lengthOf(text)
  const tooLong = length > limits.messageLength
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter belongs to it. Safari ends the composition just before it tells of the key.
    if (event.nativeEvent.isComposing || event.timeStamp - composedAt.current < compositionEcho) return
    if (completion.onKey(event)) return
    const mark = markOfKey(event, isMac())
    if (mark !== null) {
      event.preventDefault()
      applyMark(event.currentTarget, mark)
      return
    }
    if (event.key !== 'Enter') return onKey?.(event)
    if (event.shiftKey) return
    event.preventDefault()
    onEnter()
  }
  return (
    <div
      ref={frame}
      className={cx(
        'flex items-end gap-1 rounded-2xl border bg-raised py-1.5 pr-1.5 pl-4 shadow-xs transition-colors pointer-coarse:py-1 pointer-coarse:pr-1',
        tooLong ? 'border-danger' : 'border-line has-[textarea:focus-visible]:border-line-strong',
      )}
    >
      <TextareaAutosize
        dir="auto"
        ref={(field) => {
          own.current = field
          if (typeof ref === 'function') ref(field)
          else if (ref) ref.current = field
        }}
        aria-label={label}
        // A field of several lines is no combobox: HTML-ARIA allows these and no `aria-expanded`.
        aria-autocomplete="list"
        aria-controls={completion.open === null ? undefined : listId}
        aria-activedescendant={
          completion.open === null ? undefined : completionOptionId(listId, completion.open.marked)
        }
        aria-invalid={tooLong ? true : undefined}
        aria-describedby={nearLimit(length) ? noteId : undefined}
        placeholder={placeholder}
        value={text}
        minRows={1}
        maxRows={10}
        onChange={(event) => {
          onChange(event.target.value)
          completion.changed(event)
        }}
        onSelect={(event) => {
          // The list opens by typing alone: Escape in an edited text that ends with a name must cancel the edit.
          if (completion.open !== null) completion.moved(event.currentTarget)
        }}
        onBlur={() => completion.close()}
        onKeyDown={onKeyDown}
        onCompositionEnd={(event) => {
          composedAt.current = event.timeStamp
        }}
        autoFocus={autoFocus}
        className="flex-1 resize-none self-center bg-transparent py-1.5 text-base outline-none pointer-coarse:py-2.5 placeholder:text-faint sm:text-md"
      />
      {nearLimit(length) && (
        <span
          id={noteId}
          role="status"
          className={cx('self-center px-2 text-xs tabular-nums', tooLong ? 'font-semibold text-danger' : 'text-faint')}
        >
          {tooLong ? `${length - limits.messageLength} too many` : `${limits.messageLength - length} left`}
        </span>
      )}
      {children}
      {completion.open !== null && (
        <CompletionList
          id={listId}
          label={completion.open.label}
          anchor={frame.current}
          choices={completion.open.choices}
          marked={completion.open.marked}
          onPick={(choice) => {
            if (own.current !== null) completion.pick(own.current, choice)
          }}
        />
      )}
    </div>
  )
}
