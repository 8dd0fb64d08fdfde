import { type ChangeEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { insertText } from './apply-mark'
import type { CompletionQuery } from './model/completion-query'

/** One of the names that are offered. */
export interface Completion {
  readonly key: string
  /** What stands in the text for it. */
  readonly written: string
  readonly view: ReactNode
  readonly onPick?: () => void
}

/** What may be named after a sign, as people after an @. */
export interface CompletionSource {
  /** The accessible name of the list. */
  readonly label: string
  /** What is being written before the caret, if it is for this source. */
  readonly queryAt: (text: string, caret: number) => CompletionQuery | null
  /** null while they have to be loaded. */
  readonly choicesFor: (query: CompletionQuery) => readonly Completion[] | null
  readonly load?: () => Promise<unknown>
  /** What was written in full before the caret, and stands for something else. */
  readonly wholeAt?: (text: string, caret: number) => { readonly at: number; readonly choice: Completion } | null
}

interface Open {
  readonly label: string
  readonly query: CompletionQuery
  readonly choices: readonly Completion[]
  readonly marked: number
}

/** What a message field offers while one writes. */
export interface Completing {
  readonly open: Open | null
  /** After each change of the text. */
  readonly changed: (event: ChangeEvent<HTMLTextAreaElement>) => void
  /** After each change of the caret. */
  readonly moved: (field: HTMLTextAreaElement) => void
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
  readonly pick: (field: HTMLTextAreaElement, choice: Completion) => void
  readonly close: () => void
}

export function useCompletion(sources: readonly CompletionSource[]): Completing {
  const [open, setOpen] = useState<Open | null>(null)
  /** The sign at which the list was closed by Escape. */
  const closedAt = useRef<number | null>(null)

  const look = (field: HTMLTextAreaElement) => {
    const found = field.selectionStart === field.selectionEnd ? sourceAt(sources, field) : null
    if (found === null || found.query.at !== closedAt.current) closedAt.current = null
    if (found === null || found.query.at === closedAt.current) {
      setOpen(null)
      return
    }
    const { source, query } = found
    const choices = source.choicesFor(query)
    if (choices === null) loadThen(source, field, look)
    if (choices === null || choices.length === 0) setOpen(null)
    else setOpen((before) => (isSame(before, query) ? before : { label: source.label, query, choices, marked: 0 }))
  }
  const pick = (field: HTMLTextAreaElement, choice: Completion) => {
    if (open === null) return
    const { at, text } = open.query
    setOpen(null)
    choice.onPick?.()
    insertText(field, `${choice.written} `, [at, at + text.length + 1])
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (open === null) return false
    const { choices, marked, query } = open
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const choice = choices[marked]
    if (step !== undefined) setOpen({ ...open, marked: (marked + step + choices.length) % choices.length })
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && choice !== undefined)
      pick(event.currentTarget, choice)
    else if (event.key === 'Escape') {
      closedAt.current = query.at
      setOpen(null)
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return {
    open,
    changed: ({ currentTarget: field, nativeEvent }) => {
      // When the browser has ended this change: it takes no other within it.
      if (isTyping(nativeEvent)) queueMicrotask(() => replaceWhole(sources, field))
      look(field)
    },
    moved: look,
    onKey,
    pick,
    close: () => setOpen(null),
  }
}

const isSame = (open: Open | null, { at, text }: CompletionQuery): boolean =>
  open?.query.at === at && open.query.text === text

function sourceAt(sources: readonly CompletionSource[], { value, selectionStart }: HTMLTextAreaElement) {
  for (const source of sources) {
    const query = source.queryAt(value, selectionStart)
    if (query !== null) return { source, query }
  }
  return null
}

/** Looks again, where the caret is then. What cannot be loaded is not offered. */
function loadThen({ load }: CompletionSource, field: HTMLTextAreaElement, look: (field: HTMLTextAreaElement) => void) {
  load?.().then(
    () => {
      if (document.activeElement === field) look(field)
    },
    () => undefined,
  )
}

/** Not what is pasted, nor what undo brings back: who takes a replacement back wants the text. */
const isTyping = (event: Event): boolean =>
  event instanceof InputEvent && event.inputType === 'insertText' && !event.isComposing

function replaceWhole(sources: readonly CompletionSource[], field: HTMLTextAreaElement): void {
  for (const { wholeAt } of sources) {
    const found = wholeAt?.(field.value, field.selectionStart)
    if (!found) continue
    found.choice.onPick?.()
    insertText(field, found.choice.written, [found.at, field.selectionStart])
    return
  }
}
