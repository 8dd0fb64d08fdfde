'use client'

import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { Avatar } from '../../components/avatar'
import { PlaceLink } from '../../components/place-link'
import { UnreadPill } from '../../components/unread-pill'
import { conversationName } from '../../lib/conversations/conversation-name'
import { cx } from '../../lib/cx'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { nameOf, personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import { conversationPath } from '../../lib/place'
import { replyCount } from '../../lib/reply-count'
import { exactTime, shortTime } from '../../lib/time'
import type { ListedThread } from './use-thread-list'

interface Props {
  readonly thread: ListedThread
  /** null while it is not in the list of conversations. */
  readonly conversation: ConversationPartsFragment | null
  readonly now: Date
}

/** A thread: what it is about and where, and what is new in it. */
export function ThreadItem({ thread, conversation, now }: Props) {
  const { conversationId, rootId, root, unreadCount } = thread
  const author = usePerson(personOf(root?.authorId ?? '', null))
  const at = new Date(thread.lastReplyAt)
  const isNew = unreadCount > 0
  return (
    <li>
      <PlaceLink
        href={conversationPath(conversationId, { kind: 'thread', rootId })}
        className="flex items-center gap-3 rounded-xl px-3 py-2.5 -outline-offset-2! transition-colors hover:bg-hover"
      >
        <Avatar id={author.id} name={author.displayName} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className={cx('truncate text-md', isNew ? 'font-semibold' : 'font-medium')}>
              {author.displayName}
            </span>
            {conversation !== null && (
              <span className="truncate text-xs text-faint">in {conversationName(conversation)}</span>
            )}
            <time
              dateTime={thread.lastReplyAt}
              title={exactTime(at)}
              className={cx(
                'ml-auto shrink-0 text-xs tabular-nums',
                isNew ? 'font-medium text-signal-ink' : 'text-faint',
              )}
            >
              {shortTime(at, now)}
            </time>
          </span>
          <span dir="auto" className={cx('mt-0.5 block truncate text-sm', isNew ? 'text-ink' : 'text-soft')}>
            {root === null || root.deletedAt !== null
              ? 'Message deleted'
              : excerpt(root.text, limits.excerptUnits, nameOf)}
          </span>
          <span className="mt-1 flex items-center gap-2 text-xs text-faint">
            {replyCount(thread.replyCount)}
            {isNew && <UnreadPill count={unreadCount}> new</UnreadPill>}
          </span>
        </span>
      </PlaceLink>
    </li>
  )
}
