'use client'

import { useEffect, useRef } from 'react'
import { conversationName } from '../../lib/conversations/conversation-name'
import { cx } from '../../lib/cx'
import { Avatar } from '../avatar'
import { ConversationAvatar } from '../conversation-avatar'
import type { Result } from './finder-result'
import { optionId } from './finder-result'

interface Props<R extends Result> {
  readonly id: string
  /** The accessible name. */
  readonly label: string
  readonly results: readonly R[]
  readonly marked: number
  /** What is said when there are none. */
  readonly nothing: string
  readonly onPick: (result: R) => void
}

/** The list has a fixed height, so that nothing moves while the results change. */
export function FinderResults<R extends Result>({ id, label, results, marked, nothing, onPick }: Props<R>) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    <div className="mt-2 h-72 overflow-y-auto px-2 py-1">
      <div ref={list} id={id} role="listbox" aria-label={label}>
        {results.map((result, index) => (
          <Option
            key={`${result.kind}-${result.id}`}
            result={result}
            index={index}
            marked={index === marked}
            heading={result.kind !== results[index - 1]?.kind}
            onPick={() => onPick(result)}
          />
        ))}
      </div>
      {results.length === 0 && (
        <p role="status" className="px-3 pt-6 text-center text-sm text-soft">
          {nothing}
        </p>
      )}
    </div>
  )
}

interface OptionProps {
  readonly result: Result
  readonly index: number
  readonly marked: boolean
  readonly heading: boolean
  readonly onPick: () => void
}

function Option({ result, index, marked, heading, onPick }: OptionProps) {
  return (
    <>
      {heading && (
        <div role="presentation" className="px-3 pt-2 pb-1 text-xs font-medium text-faint">
          {result.kind === 'person' ? 'People' : 'Your conversations'}
        </div>
      )}
      <div
        role="option"
        id={optionId(index)}
        aria-selected={marked}
        aria-disabled={result.kind === 'person' && result.note !== null ? true : undefined}
        onClick={onPick}
        className={cx('flex h-12 items-center gap-3 rounded-lg px-3', marked ? 'bg-selected' : 'hover:bg-hover')}
      >
        {result.kind === 'person' ? <Person result={result} /> : <Conversation result={result} />}
      </div>
    </>
  )
}

function Person({ result: { person, note } }: { readonly result: Extract<Result, { kind: 'person' }> }) {
  return (
    <>
      <Avatar id={person.id} name={person.displayName} />
      <span className="min-w-0">
        <span className="block truncate text-md leading-5 font-medium">{person.displayName}</span>
        <span className="block truncate text-xs text-faint">@{person.username}</span>
      </span>
      {note !== null && <span className="ml-auto shrink-0 text-xs text-soft">{note}</span>}
    </>
  )
}

function Conversation({ result: { conversation } }: { readonly result: Extract<Result, { kind: 'conversation' }> }) {
  return (
    <>
      <ConversationAvatar conversation={conversation} />
      <span className="truncate text-md font-medium">{conversationName(conversation)}</span>
    </>
  )
}
