'use client'

import { skipToken, useQuery } from '@apollo/client/react'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ConversationAvatar } from '../../components/conversation-avatar'
import { StatusEmoji } from '../../components/status-emoji'
import { ConversationByIdDocument } from '../../lib/conversations/__generated__/conversations'
import { conversationName, othersIn, peerOf } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { presenceWords } from '../../lib/presence/presence-words'
import { useOnlineCount, usePresence, useStatus } from '../../lib/presence/use-presence'
import { useViewer } from '../../lib/session/use-session'
import { useNow } from '../../lib/use-now'

interface HeaderProps {
  readonly conversationId: string
  /** What stands at its end. */
  readonly children?: ReactNode
}

/** The members of the open conversation: from the list if it is there, else fetched. */
export function ConversationHeader({ conversationId, children }: HeaderProps) {
  const viewer = useViewer()
  const { conversations } = useConversations()
  const listed = conversations?.find((conversation) => conversation.id === conversationId)
  const unlisted = conversations !== null && listed === undefined
  const { data, error } = useQuery(
    ConversationByIdDocument,
    unlisted ? { variables: { id: conversationId }, errorPolicy: 'all' } : skipToken,
  )
  const conversation = listed ?? data?.conversation
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-b border-line px-3 md:px-5">
      <Link
        href="/"
        aria-label="Back to conversations"
        className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover md:hidden"
      >
        <ArrowLeft className="size-5" aria-hidden="true" />
      </Link>
      {conversation ? (
        <Known conversation={conversation} viewerId={viewer.id} />
      ) : (
        <Unknown pending={error === undefined && data?.conversation !== null} />
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1">{children}</div>
    </header>
  )
}

interface KnownProps {
  readonly conversation: ConversationPartsFragment
  readonly viewerId: string
}

function Known({ conversation, viewerId }: KnownProps) {
  const detail = useDetail(conversation, viewerId)
  return (
    <>
      <ConversationAvatar conversation={conversation} on="paper" />
      <div className="min-w-0">
        <h1 className="flex items-baseline gap-1.5 text-base leading-5 font-semibold">
          <span className="truncate">{conversationName(conversation)}</span>
          <StatusEmoji userId={conversation.peerId} />
        </h1>
        <p className="truncate text-xs text-faint" title={detail}>
          {conversation.topic !== null && <span className="text-soft">{conversation.topic} · </span>}
          {detail}
        </p>
      </div>
    </>
  )
}

/** Of the other person whether they are here, their username and what they say; of a group its members. */
function useDetail(conversation: ConversationPartsFragment, viewerId: string): string {
  const now = useNow(30_000)
  const presence = usePresence(conversation.peerId)
  const status = useStatus(conversation.peerId)
  const others = othersIn(conversation, viewerId)
  const online = useOnlineCount(others.map(({ id }) => id))
  const peer = peerOf(conversation)
  if (peer === null) {
    const names = others.map(({ displayName }) => displayName)
    const here = online === 0 ? '' : `, ${online} online`
    return `${conversation.memberCount} members${here}: ${['you', ...names].join(', ')}`
  }
  const username = peer.username === '' ? '' : `@${peer.username}`
  return [presenceWords(presence, now) || username, status?.text ?? ''].filter((part) => part !== '').join(' · ')
}

/** Still loading, or not visible to the viewer. */
function Unknown({ pending }: { readonly pending: boolean }) {
  if (!pending) return <h1 className="text-base font-semibold">Conversation</h1>
  return (
    <>
      <span className="shimmer size-9 rounded-full!" />
      <span className="space-y-2">
        <h1 className="sr-only">Conversation</h1>
        <span className="shimmer block h-3 w-36" />
        <span className="shimmer block h-2.5 w-24" />
      </span>
    </>
  )
}
