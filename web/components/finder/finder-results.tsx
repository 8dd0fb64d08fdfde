'use client'

import { useEffect, useRef } from 'react'
import { conversationName, peerOf } from '../../lib/conversations/conversation-name'
import { useMuted } from '../../lib/conversations/mute'
import { cx } from '../../lib/cx'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { Avatar } from '../avatar'
import { ConversationAvatar } from '../conversation-avatar'
import { UnreadPill } from '../unread-pill'
import type { Result } from './finder-result'
import { optionId } from './finder-result'

interface Props {
  readonly id: string
  /** The accessible name. */
  readonly label: string
  readonly results: readonly Result[]
  /** There are more than these. */
  readonly isCut: boolean
  readonly marked: number
  /** What is said below them, such as that there are none. */
  readonly note: string | null
  readonly onPick: (result: Result) => void
}

/** The list has a fixed height, so that nothing moves while the results change. On a phone it takes what there is. */
export function FinderResults({ id, label, results, isCut, marked, note, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    <div className="mt-2 h-80 min-h-0 shrink overflow-y-auto overscroll-contain px-2 py-1 max-sm:h-auto max-sm:flex-1">
      <div ref={list} id={id} role="listbox" aria-label={label}>
        {results.map((result, index) => (
          <div
            key={result.id}
            role="option"
            id={optionId(index)}
            aria-selected={index === marked}
            aria-disabled={result.kind === 'person' && !result.isChoosable ? true : undefined}
            // The focus stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(result)}
            className={cx(
              'flex h-12 scroll-my-1 items-center gap-3 rounded-lg px-3',
              index === marked ? 'bg-selected' : 'hover:bg-hover',
            )}
          >
            {result.kind === 'person' ? <PersonView result={result} /> : <Conversation {...result} />}
          </div>
        ))}
      </div>
      {isCut && <p className="px-3 py-2 text-sm text-soft">Type more of the name to find others.</p>}
      <div role="status" className="px-3">
        <span className="sr-only">{countWords(results.length)}</span>
        {note !== null && (
          <p className={cx('text-sm text-soft', results.length === 0 ? 'pt-6 text-center' : 'py-2')}>{note}</p>
        )}
      </div>
    </div>
  )
}

const countWords = (count: number): string => (count === 0 ? '' : count === 1 ? '1 result' : `${count} results`)

function PersonView({ result: { person, note } }: { readonly result: Extract<Result, { kind: 'person' }> }) {
  return (
    <>
      <Avatar id={person.id} name={person.displayName} />
      <Names name={person.displayName} detail={`@${person.username}`} />
      {note !== null && <span className="ml-auto shrink-0 text-xs text-soft">{note}</span>}
    </>
  )
}

function Conversation({ conversation }: { readonly conversation: ConversationPartsFragment }) {
  const isMuted = useMuted(conversation.mute)
  const unread = isMuted ? 0 : (conversation.unreadCount ?? 0)
  const username = peerOf(conversation)?.username ?? ''
  const detail = conversation.peerId === null ? `${conversation.memberCount} members` : username && `@${username}`
  return (
    <>
      <ConversationAvatar conversation={conversation} />
      <Names name={conversationName(conversation)} detail={detail} />
      {unread > 0 && (
        <UnreadPill count={unread} className="ml-auto">
          <span className="sr-only"> unread {unread === 1 ? 'message' : 'messages'}</span>
        </UnreadPill>
      )}
    </>
  )
}

function Names({ name, detail }: { readonly name: string; readonly detail: string }) {
  return (
    <span className="min-w-0">
      <span className="block truncate text-md leading-5 font-medium">{name}</span>
      <span className="block truncate text-xs text-faint">{detail}</span>
    </span>
  )
}
