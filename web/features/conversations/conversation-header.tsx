'use client'

import { useQuery } from '@apollo/client/react'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { ConversationAvatar } from '../../components/conversation-avatar'
import { ConversationByIdDocument } from '../../lib/conversations/__generated__/conversations'
import { conversationName, othersIn } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { useViewer } from '../../lib/session/use-session'

/** Who is in the conversation that is open. From the list where the list has it, else asked for. */
export function ConversationHeader({ conversationId }: { readonly conversationId: string }) {
  const viewer = useViewer()
  const { conversations } = useConversations()
  const listed = conversations?.find((conversation) => conversation.id === conversationId)
  const { data } = useQuery(ConversationByIdDocument, {
    variables: { id: conversationId },
    skip: conversations === null || listed !== undefined,
    errorPolicy: 'all',
  })
  const conversation = listed ?? (data?.conversation as ConversationPartsFragment | null | undefined)
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-b border-line px-3 md:px-5">
      <Link
        href="/"
        aria-label="Back to conversations"
        className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-hover md:hidden"
      >
        <ArrowLeft className="size-5" aria-hidden="true" />
      </Link>
      {conversation ? <Known conversation={conversation} viewerId={viewer.id} /> : <Unknown />}
    </header>
  )
}

interface KnownProps {
  readonly conversation: ConversationPartsFragment
  readonly viewerId: string
}

function Known({ conversation, viewerId }: KnownProps) {
  const others = othersIn(conversation, viewerId)
  const names = others.map((person) => person.displayName).join(', ')
  const detail =
    conversation.kind === 'DIRECT'
      ? others.map((person) => `@${person.username}`).join(', ')
      : `${conversation.memberCount} members: you${names === '' ? '' : `, ${names}`}`
  return (
    <>
      <ConversationAvatar conversation={conversation} viewerId={viewerId} />
      <div className="min-w-0">
        <h1 className="truncate text-base leading-5 font-semibold">{conversationName(conversation, viewerId)}</h1>
        <p className="truncate text-xs text-faint" title={detail}>
          {detail}
        </p>
      </div>
    </>
  )
}

function Unknown() {
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
