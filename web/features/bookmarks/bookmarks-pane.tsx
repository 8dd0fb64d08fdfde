'use client'

import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { Bookmark, BookmarkX } from 'lucide-react'
import { Avatar } from '../../components/avatar'
import { IconButton } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { ListProblem, ShowMore } from '../../components/list-ends'
import { PaneHeader } from '../../components/pane-header'
import { PlaceLink } from '../../components/place-link'
import { conversationName } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import { nameOf, personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import { permalinkPath } from '../../lib/permalink'
import { exactTime, shortTime } from '../../lib/time'
import { type BookmarkNode, useBookmarkList } from './use-bookmark-list'

/** What the viewer has bookmarked in all conversations. Each leads to its place. */
export function BookmarksPane() {
  const { nodes, hasMore, problem, isLoading, more, retry, remove } = useBookmarkList()
  return (
    <>
      <PaneHeader>
        <div className="min-w-0">
          <h1 className="text-base leading-5 font-semibold">Bookmarks</h1>
          <p className="truncate text-xs text-faint">Only you see them</p>
        </div>
      </PaneHeader>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {problem !== null && <ListProblem problem={problem} onRetry={retry} />}
        {nodes === null && problem === null && <p className="px-5 pt-5 text-sm text-faint">Loading…</p>}
        {nodes?.length === 0 && <Nothing />}
        {nodes !== null && nodes.length > 0 && (
          <ul aria-label="Bookmarks" className="mx-auto max-w-3xl p-2 md:p-3">
            {nodes.map((node) => (
              <Item key={node.messageId} node={node} onRemove={() => void remove(node.messageId)} />
            ))}
          </ul>
        )}
        {hasMore && <ShowMore isLoading={isLoading} onMore={more} />}
      </div>
    </>
  )
}

function Nothing() {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState picture={<Bookmark className="size-12 text-faint" aria-hidden="true" />} title="No bookmarks yet">
        Bookmark a message by its menu to find it again here. Nobody else sees it.
      </EmptyState>
    </div>
  )
}

function Item({ node, onRemove }: { readonly node: BookmarkNode; readonly onRemove: () => void }) {
  const { message, messageId } = node
  const { conversationId, sentAt } = message
  const author = usePerson(personOf(message.authorId, message.author))
  const { conversations } = useConversations()
  const conversation = conversations?.find(({ id }) => id === conversationId)
  return (
    <li className="flex items-start gap-1 rounded-xl hover:bg-hover">
      <PlaceLink
        href={permalinkPath({ conversationId, messageId })}
        className="flex min-w-0 flex-1 gap-3 rounded-xl px-3 py-3 -outline-offset-2!"
      >
        <Avatar id={author.id} name={author.displayName} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="truncate text-md font-semibold">{author.displayName}</span>
            {conversation !== undefined && conversation.title !== null && (
              <span className="truncate text-xs text-faint">in {conversationName(conversation)}</span>
            )}
            <time
              dateTime={sentAt}
              title={exactTime(new Date(sentAt))}
              className="ml-auto shrink-0 text-xs text-faint tabular-nums"
            >
              {shortTime(new Date(sentAt), new Date())}
            </time>
          </span>
          <span dir="auto" className="line-clamp-3 text-sm wrap-anywhere text-soft">
            {excerpt(message.text, limits.excerptUnits, nameOf)}
          </span>
        </span>
      </PlaceLink>
      <IconButton
        label={`Remove the bookmark of the message of ${author.displayName}`}
        title="Remove bookmark"
        onClick={onRemove}
        className="mt-2.5 mr-2"
      >
        <BookmarkX className="size-4" aria-hidden="true" />
      </IconButton>
    </li>
  )
}
