'use client'

import type { ReactNode } from 'react'
import { ConversationAvatar } from '../../components/conversation-avatar'
import { MuteSign } from '../../components/mute-sign'
import { PaneHeader } from '../../components/pane-header'
import { StatusEmoji } from '../../components/status-emoji'
import { conversationName, peerOf } from '../../lib/conversations/conversation-name'
import { othersAmong } from '../../lib/conversations/members'
import { useMuted } from '../../lib/conversations/mute'
import { useConversation, useMembers } from '../../lib/conversations/use-conversation'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { presenceWords } from '../../lib/presence/presence-words'
import { useOnlineCount, usePresence, useStatus } from '../../lib/presence/use-presence'
import { useViewer } from '../../lib/session/use-session'
import { closeSidePane, openSidePane, useSidePane } from '../../lib/side-pane'
import { useNow } from '../../lib/use-now'

interface HeaderProps {
  readonly conversationId: string
  /** What stands at its end. */
  readonly children?: ReactNode
}

/** The open conversation: who is in it, what it is about, and the way to its details. */
export function ConversationHeader({ conversationId, children }: HeaderProps) {
  const viewer = useViewer()
  const { conversation, isPending } = useConversation(conversationId)
  return (
    <PaneHeader>
      {conversation === null ? (
        <Unknown pending={isPending} />
      ) : (
        <Known conversation={conversation} viewerId={viewer.id} />
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1">{children}</div>
    </PaneHeader>
  )
}

interface KnownProps {
  readonly conversation: ConversationPartsFragment
  readonly viewerId: string
}

function Known({ conversation, viewerId }: KnownProps) {
  const detail = useDetail(conversation, viewerId)
  const isMuted = useMuted(conversation.mute)
  const isOpen = useSidePane()?.kind === 'details'
  const toggle = () => (isOpen ? closeSidePane(conversation.id) : openSidePane(conversation.id, { kind: 'details' }))
  return (
    <div className="relative -ml-1.5 flex min-w-0 items-center gap-3 rounded-lg py-1 pr-2.5 pl-1.5 hover:bg-hover max-md:-ml-2.5 max-md:min-h-11 max-md:flex-1 max-md:gap-2.5">
      <ConversationAvatar conversation={conversation} on="paper" />
      <div className="min-w-0">
        <h1 className="text-base leading-5 font-semibold max-md:leading-4.5">
          <button
            type="button"
            title="Show the details"
            aria-expanded={isOpen}
            onClick={toggle}
            className="flex max-w-full items-baseline gap-1.5 outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-focus"
          >
            <span className="line-clamp-2 text-left wrap-anywhere md:line-clamp-1">
              {conversationName(conversation)}
            </span>
            <StatusEmoji userId={conversation.peerId} />
            {isMuted && <MuteSign />}
          </button>
        </h1>
        <p className="truncate text-xs text-faint" title={detail}>
          {conversation.topic !== null && <span className="text-soft">{conversation.topic} · </span>}
          {detail}
        </p>
      </div>
    </div>
  )
}

/** Of the other person whether they are here, their username and what they say; of a group its members. */
function useDetail(conversation: ConversationPartsFragment, viewerId: string): string {
  const now = useNow(30_000)
  const presence = usePresence(conversation.peerId)
  const status = useStatus(conversation.peerId)
  const members = useMembers(conversation.id)
  const others = othersAmong(members ?? [], viewerId)
  const online = useOnlineCount(others.map(({ id }) => id))
  const peer = peerOf(conversation)
  if (peer === null) {
    const names = others.map(({ displayName }) => displayName)
    // The viewer is here as well.
    const here = online === 0 ? '' : `, ${online + 1} online`
    const count = `${conversation.memberCount} members${here}`
    return members === null ? count : `${count}: ${['you', ...names].join(', ')}`
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
