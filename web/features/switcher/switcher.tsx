'use client'

import { useApolloClient } from '@apollo/client/react'
import { Search, UsersRound, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { Button, IconButton } from '../../components/button'
import { pageOnPhone } from '../../components/dialog'
import { FinderField } from '../../components/finder/finder-field'
import type { Result } from '../../components/finder/finder-result'
import { FinderResults } from '../../components/finder/finder-results'
import { useResults } from '../../components/finder/use-results'
import { Modal } from '../../components/modal'
import { openNewGroup } from '../../lib/commands'
import { membersOf } from '../../lib/conversations/members'
import { useConversations } from '../../lib/conversations/use-conversations'
import { useStart } from '../../lib/conversations/use-start'
import { openPlace, usePlace } from '../../lib/navigate'
import { cx } from '../../lib/cx'
import { isMac } from '../../lib/is-mac'
import { isPressed } from '../../lib/keys/chord'
import { switcherKey } from '../../lib/keys/shortcuts'
import { usePeople } from '../../lib/people/use-people'
import { conversationPath } from '../../lib/place'
import { useViewer } from '../../lib/session/use-session'
import { choicesFor } from './choices'

const listId = 'switcher-results'

/** Type a part of a name, press Enter, and the conversation is open; with a person who has none yet, it begins. */
export function Switcher({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const typed = text.trim()
  const { found, isPending, isUnreachable, hurry } = useChoices(typed)
  const { results, isCut, marked, mark, unmark } = useResults({ typed, found, marksFirst: true })
  const { startDirect, isStarting, problem } = useStart(onClose)
  // Enter was pressed before there was anything to open.
  const [isQueued, setQueued] = useState(false)

  const open = (result: Result) => {
    setQueued(false)
    if (result.kind === 'person') {
      void startDirect(result.person.id)
      return
    }
    onClose()
    openPlace(conversationPath(result.conversation.id))
  }
  const enter = () => {
    const result = results[marked]
    if (result !== undefined) open(result)
    else if (isPending || isUnreachable) {
      setQueued(true)
      hurry()
    }
  }
  const first = results[0]
  useEffect(() => {
    if (isQueued && first !== undefined) open(first)
  })
  useEffect(() => {
    if (!isPending) setQueued(false)
  }, [isPending])
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') enter()
    // What has opened it closes it.
    else if (isPressed(switcherKey, event, isMac())) onClose()
    else return
    event.preventDefault()
  }

  return (
    <Modal
      name={{ 'aria-label': 'Go to' }}
      onOpen={(dialog) => dialog.querySelector('input')?.focus()}
      onClose={onClose}
      className={cx(
        'mx-auto mt-[12dvh] w-[min(34rem,calc(100vw-1.5rem))] animate-rise rounded-2xl border border-line bg-raised p-0 text-ink shadow-float',
        pageOnPhone,
      )}
    >
      <div className="flex max-h-[76dvh] flex-col max-sm:h-full max-sm:max-h-none">
        <div className="flex items-center gap-1 border-b border-line py-1.5 pr-2 pl-4">
          <Search className="size-4.5 shrink-0 text-faint" aria-hidden="true" />
          <FinderField
            look="bare"
            label="Find people or conversations"
            placeholder="Where to? Type a name"
            listId={listId}
            count={results.length}
            marked={marked}
            onMark={mark}
            text={text}
            onText={(next) => {
              setText(next)
              setQueued(false)
              unmark()
            }}
            onKey={onKey}
          />
          <IconButton label="Close" title="Close (Esc)" onClick={onClose} className="max-sm:size-11">
            <X className="size-4.5" aria-hidden="true" />
          </IconButton>
        </div>
        <FinderResults
          id={listId}
          label="People and conversations"
          results={results}
          isCut={isCut}
          marked={marked}
          note={noteOn({ typed, count: results.length, isPending, isUnreachable, isQueued, isStarting })}
          onPick={open}
        />
        <Foot problem={problem} />
      </div>
    </Modal>
  )
}

/** What may be meant, and whether more may come. */
function useChoices(typed: string) {
  const viewer = useViewer()
  const { cache } = useApolloClient()
  const place = usePlace()
  const activeId = place.kind === 'conversation' ? place.id : null
  const { conversations, status } = useConversations()
  const { people, isSearching, isUnreachable, hurry } = usePeople(typed)
  const found = useMemo(
    () =>
      choicesFor({
        typed,
        conversations: conversations ?? [],
        activeId,
        people,
        viewerId: viewer.id,
        membersOf: (id) => membersOf(cache, id),
        now: new Date(),
      }),
    [typed, conversations, activeId, people, viewer.id, cache],
  )
  const isListIncomplete = status !== 'complete'
  return { found, isPending: isListIncomplete || isSearching, isUnreachable, hurry }
}

interface Noted {
  readonly typed: string
  readonly count: number
  readonly isPending: boolean
  readonly isUnreachable: boolean
  readonly isQueued: boolean
  readonly isStarting: boolean
}

function noteOn({ typed, count, isPending, isUnreachable, isQueued, isStarting }: Noted): string | null {
  if (isStarting) return 'Starting the conversation…'
  if (isUnreachable)
    return isQueued
      ? 'People cannot be searched right now. The first match opens when they can.'
      : 'People cannot be searched right now.'
  if (count > 0) return null
  if (isQueued) return 'Searching… The first match opens when it is there.'
  if (isPending) return typed === '' ? 'Loading…' : 'Searching…'
  return typed === '' ? 'Type a name to find people.' : `Nobody and nothing is called “${typed}”.`
}

function Foot({ problem }: { readonly problem: string | null }) {
  return (
    <div className="border-t border-line px-4 py-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))]">
      <div role="alert">{problem !== null && <p className="mb-2.5 text-sm text-danger">{problem}</p>}</div>
      <div className="flex items-center justify-between gap-4">
        <p className="text-xs text-faint pointer-coarse:hidden">↑ ↓ to choose, Enter to open</p>
        <Button look="quiet" onClick={openNewGroup} className="max-sm:min-h-11 max-sm:flex-1">
          <UsersRound className="size-4" aria-hidden="true" />
          New group
        </Button>
      </div>
    </div>
  )
}
