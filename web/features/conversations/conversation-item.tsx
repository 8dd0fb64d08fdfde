'use client'

import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { memo, useEffect, useRef } from 'react'
import { ConversationAvatar } from '../../components/conversation-avatar'
import { MuteSign } from '../../components/mute-sign'
import { PlaceLink } from '../../components/place-link'
import { StatusEmoji } from '../../components/status-emoji'
import { UnreadPill } from '../../components/unread-pill'
import { caughtUp } from '../../lib/caught-up'
import { cx } from '../../lib/cx'
import { conversationName, lastActivity } from '../../lib/conversations/conversation-name'
import { useMuted } from '../../lib/conversations/mute'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { nameOf, people, personOf } from '../../lib/people/people'
import { conversationPath } from '../../lib/place'
import { usePresence } from '../../lib/presence/use-presence'
import { exactTime, shortTime } from '../../lib/time'
import { useStorePart } from '../../lib/use-store'

interface Props {
  readonly conversation: ConversationPartsFragment
  readonly viewerId: string
  readonly active: boolean
  readonly now: Date
}

/** It renders again when something that it shows has changed, a name among it, and not with the others. */
export const ConversationItem = memo(function ConversationItem({ conversation, viewerId, active, now }: Props) {
  // What arrives where all has been seen is seen as well: it must not show a badge.
  const isRead = useStorePart(caughtUp, (id) => active && id === conversation.id)
  const isMuted = useMuted(conversation.mute)
  // Of a muted one nothing is to be seen but what calls the viewer by name.
  const unread = isRead || isMuted ? 0 : (conversation.unreadCount ?? 0)
  const mentions = isRead ? 0 : (conversation.mentionCount ?? 0)
  const at = new Date(lastActivity(conversation))
  const name = useStorePart(people, () => conversationName(conversation))
  const words = useStorePart(people, () => preview(conversation, viewerId))
  const item = useRef<HTMLLIElement>(null)
  // One may come here by a key or by a name, and not by it.
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <li ref={item}>
      <PlaceLink
        href={conversationPath(conversation.id)}
        aria-current={active ? 'page' : undefined}
        className={cx(
          'flex h-16 items-center gap-3 rounded-xl px-3 -outline-offset-2! transition-colors',
          active ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <ConversationAvatar conversation={conversation} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className={cx('truncate text-md', unread > 0 ? 'font-semibold' : 'font-medium')}>
              {name}
              <PresenceNote userId={conversation.peerId} />
            </span>
            <StatusEmoji userId={conversation.peerId} />
            {isMuted && <MuteSign />}
            <time
              dateTime={at.toISOString()}
              title={exactTime(at)}
              className={cx(
                'ml-auto shrink-0 text-xs tabular-nums',
                unread > 0 ? 'font-medium text-signal-ink' : 'text-faint',
              )}
            >
              {shortTime(at, now)}
            </time>
          </span>
          <span className="mt-0.5 flex items-center gap-2">
            <span className={cx('truncate text-sm', unread > 0 ? 'text-ink' : 'text-soft')}>{words}</span>
            {mentions > 0 && <MentionBadge count={mentions} />}
            {unread > 0 && <UnreadBadge count={unread} pushed={mentions === 0} />}
          </span>
        </span>
      </PlaceLink>
    </li>
  )
})

/** What the dot says, for those who cannot see it. */
function PresenceNote({ userId }: { readonly userId: string | null }) {
  const state = usePresence(userId)?.state
  if (state !== 'ONLINE' && state !== 'AWAY') return null
  return <span className="sr-only">, {state === 'ONLINE' ? 'online' : 'away'}</span>
}

/** Some of the unread messages mention the viewer. */
function MentionBadge({ count }: { readonly count: number }) {
  return (
    <span
      title={count === 1 ? 'Mentions you' : `Mentions you ${count} times`}
      className="ml-auto grid size-4.5 shrink-0 place-items-center rounded-full bg-accent text-2xs font-bold text-on-accent"
    >
      <span aria-hidden="true">@</span>
      <span className="sr-only">
        {count} {count === 1 ? 'mention' : 'mentions'} of you,
      </span>
    </span>
  )
}

function UnreadBadge({ count, pushed }: { readonly count: number; readonly pushed: boolean }) {
  return (
    <UnreadPill count={count} className={cx(pushed && 'ml-auto')}>
      <span className="sr-only"> unread {count === 1 ? 'message' : 'messages'}</span>
    </UnreadPill>
  )
}

/** The last message, with its author where that is not obvious. */
function preview({ kind, lastMessage, headSeq }: ConversationPartsFragment, viewerId: string): string {
  // Without a head the messages are unavailable: that does not mean that there are none.
  if (lastMessage === null) return headSeq === null ? '' : 'No messages yet'
  if (lastMessage.deletedAt !== null) return 'Message deleted'
  const text = excerpt(lastMessage.text, limits.excerptUnits, nameOf)
  if (lastMessage.authorId === viewerId) return `You: ${text}`
  return kind === 'DIRECT' ? text : `${personOf(lastMessage.authorId, null).displayName}: ${text}`
}
