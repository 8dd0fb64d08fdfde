'use client'

import type { KeyboardEvent } from 'react'
import { SquarePen } from 'lucide-react'
import { Button } from '../../components/button'
import { openSwitcher } from '../../lib/commands'
import { retryConversations, useConversations } from '../../lib/conversations/use-conversations'
import { useNow } from '../../lib/use-now'
import { useViewer } from '../../lib/session/use-session'
import { ConversationItem } from './conversation-item'

interface Props {
  readonly activeId: string | null
}

/** Every conversation of the viewer, latest activity first. Arrow keys move, Enter opens. */
export function ConversationList({ activeId }: Props) {
  const { conversations, status } = useConversations()
  const viewer = useViewer()
  const now = useNow(30_000)
  if (conversations === null) return status === 'failed' ? <Unreachable /> : <ListSkeleton />
  if (conversations.length === 0) return <NothingYet />
  return (
    <>
      <ul className="space-y-px px-2 pb-4" onKeyDown={moveFocus}>
        {conversations.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            viewerId={viewer.id}
            active={conversation.id === activeId}
            now={now}
          />
        ))}
      </ul>
      {status === 'failed' && <MoreUnreachable />}
    </>
  )
}

function MoreUnreachable() {
  return (
    <p role="status" className="px-5 pb-4 text-sm text-faint">
      Could not load more.{' '}
      <button type="button" onClick={retryConversations} className="font-medium text-link underline underline-offset-3">
        Try again
      </button>
    </p>
  )
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (event.altKey || (step === undefined && event.key !== 'Home' && event.key !== 'End')) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const from = links.findIndex((link) => link === document.activeElement)
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? links.length - 1 : from + (step ?? 0)
  event.preventDefault()
  links[Math.min(links.length - 1, Math.max(0, to))]?.focus()
}

function NothingYet() {
  return (
    <div className="px-5 pt-10 text-center">
      <p className="font-medium">No conversations yet</p>
      <p className="mt-1 mb-5 text-sm text-soft">Find a person by name and say hello.</p>
      <Button look="quiet" onClick={openSwitcher}>
        <SquarePen className="size-4" aria-hidden="true" />
        Start a conversation
      </Button>
    </div>
  )
}

function Unreachable() {
  return (
    <p role="alert" className="px-5 pt-8 text-sm text-soft">
      Your conversations cannot be loaded at the moment. Parley keeps trying.
    </p>
  )
}

const widths = ['w-28', 'w-36', 'w-24', 'w-32', 'w-40', 'w-28', 'w-32']

function ListSkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading conversations" role="status" className="space-y-px px-2">
      {widths.map((width, index) => (
        <div key={index} className="flex h-16 items-center gap-3 px-3">
          <span className="shimmer size-9 rounded-full!" />
          <span className="space-y-2">
            <span className={`shimmer block h-3 ${width}`} />
            <span className="shimmer block h-2.5 w-44" />
          </span>
        </div>
      ))}
    </div>
  )
}
