'use client'

import { ConversationAvatar } from '../../components/conversation-avatar'
import { cx } from '../../lib/cx'
import { peerOf } from '../../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { presenceWords } from '../../lib/presence/presence-words'
import { usePresence, useStatus } from '../../lib/presence/use-presence'
import { useNow } from '../../lib/use-now'

/** Of a direct conversation: who the other person is, what they say, and whether they are here. */
export function PersonProfile({ conversation }: { readonly conversation: ConversationPartsFragment }) {
  const presence = usePresence(conversation.peerId)
  const status = useStatus(conversation.peerId)
  const now = useNow(30_000)
  const peer = peerOf(conversation)
  if (peer === null) return null
  const here = presenceWords(presence, now)
  return (
    <section aria-label="Profile" className="flex flex-col items-center px-5 pt-8 pb-6 text-center">
      <ConversationAvatar conversation={conversation} size="lg" on="paper" />
      <h3 className="mt-3 font-display text-xl font-semibold tracking-tight wrap-anywhere" dir="auto">
        {peer.displayName}
      </h3>
      {peer.username !== '' && <p className="text-sm text-faint">@{peer.username}</p>}
      {here !== '' && <p className="mt-1 text-sm text-soft first-letter:uppercase">{here}</p>}
      {status !== null && (
        <p className="mt-4 max-w-full rounded-xl bg-hover px-3.5 py-2 text-md wrap-anywhere" dir="auto">
          <span className="sr-only">Status: </span>
          {status.emoji !== null && <span className={cx(status.text !== null && 'mr-2')}>{status.emoji}</span>}
          {status.text}
        </p>
      )}
    </section>
  )
}
