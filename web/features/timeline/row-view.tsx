'use client'

import { memo } from 'react'
import { exactTime } from '../../lib/time'
import { DayLine } from './day-line'
import type { Row, SystemRow } from './model/rows'
import { usePerson } from '../../lib/people/use-person'
import { MessageView } from './message-view'
import { RepliesLine } from './replies-line'

interface Props {
  readonly row: Row
}

export const RowView = memo(function RowView({ row }: Props) {
  switch (row.kind) {
    case 'message':
      return <MessageView row={row} />
    case 'day':
      return <DayLine row={row} />
    case 'system':
      return <SystemLine row={row} />
    case 'unread':
      return <UnreadLine />
    case 'replies':
      return <RepliesLine count={row.count} hasEarlier={row.hasEarlier} />
    default:
      return row satisfies never
  }
}, sameRow)

/** Row objects are created again with every change of the timeline; only changed ones are rendered again. */
function sameRow({ row: a }: Props, { row: b }: Props): boolean {
  if (a.kind === 'system' || b.kind === 'system') return a.key === b.key
  const keys = Object.keys(a) as (keyof typeof a)[]
  return a.kind === b.kind && keys.every((key) => a[key] === b[key])
}

function UnreadLine() {
  return (
    <div role="separator" aria-label="New messages" className="flex items-center gap-3 px-5 pt-3">
      <span className="h-px flex-1 bg-signal" />
      <span className="text-xs font-semibold text-signal-ink">New</span>
    </div>
  )
}

function SystemLine({ row: { event } }: { readonly row: SystemRow }) {
  const at = new Date(event.at)
  const { displayName: actor } = usePerson(event.actor)
  const { displayName: member } = usePerson('member' in event ? event.member : event.actor)
  return (
    <p title={exactTime(at)} className="px-5 pt-2 pb-0.5 pl-17 text-sm text-faint">
      {sentence(event, actor, member)}
    </p>
  )
}

function sentence(event: SystemRow['event'], actor: string, member: string): string {
  switch (event.type) {
    case 'ConversationStarted':
      return event.title ? `${actor} started “${event.title}”` : `${actor} started the conversation`
    case 'MemberJoined':
      return event.member.id === event.actor.id ? `${actor} joined` : `${actor} added ${member}`
    case 'MemberLeft':
      return event.member.id === event.actor.id ? `${actor} left` : `${actor} removed ${member}`
    case 'TitleChanged':
      return `${actor} renamed the conversation to “${event.title}”`
    case 'TopicChanged':
      return event.topic === null ? `${actor} cleared the topic` : `${actor} changed the topic to “${event.topic}”`
    default:
      event satisfies never
      return `${actor} did something that this page is too old to show. Reload it to see what.`
  }
}
