'use client'

import { Check, Clock3 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { PlaceLink } from '../../components/place-link'
import { connectionStore } from '../../lib/graphql/connection'
import { conversationName } from '../../lib/conversations/conversation-name'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { conversationPath } from '../../lib/place'
import { useStore, useStorePart } from '../../lib/use-store'
import { TextButton } from './change-problems'
import { useTimelines } from './timeline-provider'

interface Props {
  readonly clientId: string
  readonly to: ConversationPartsFragment
  readonly onClose: () => void
}

/** What has become of a forwarded message: it waits in the outbox as others do, also when this is closed. */
export function ForwardProgress({ clientId, to, onClose }: Props) {
  const { outbox } = useTimelines()
  const item = useStorePart(outbox, (all) => all.find((one) => one.clientId === clientId))
  const isConnected = useStore(connectionStore) === 'connected'
  const status = item?.status ?? 'sent'
  const name = conversationName(to)
  const link = useRef<HTMLAnchorElement>(null)
  // What had the focus is gone.
  useEffect(() => link.current?.focus(), [])
  return (
    <div className="space-y-4 border-t border-line px-5 py-5">
      {status === 'failed' ? (
        <p role="alert" className="flex flex-wrap items-center gap-x-3 text-sm text-danger">
          Not forwarded. {item?.reason}
          <TextButton onClick={() => outbox.retry(clientId)}>Retry</TextButton>
        </p>
      ) : (
        <p role="status" className="flex items-center gap-2.5 text-md">
          {status === 'sent' ? (
            <Check className="size-4.5 shrink-0 text-accent" aria-hidden="true" />
          ) : (
            <Clock3 className="size-4.5 shrink-0 text-faint" aria-hidden="true" />
          )}
          <span className="min-w-0 wrap-anywhere">
            {status === 'sent' && `Forwarded to ${name}`}
            {status === 'pending' &&
              (isConnected ? `Forwarding to ${name}…` : `Forwarded to ${name} as soon as you are online`)}
          </span>
        </p>
      )}
      <p className="flex justify-end">
        <PlaceLink
          ref={link}
          href={conversationPath(to.id)}
          onClick={onClose}
          className="inline-flex h-9 max-w-full items-center rounded-lg bg-accent px-4 text-sm font-medium text-on-accent hover:bg-accent-hover"
        >
          <span className="min-w-0 truncate">Go to {name}</span>
        </PlaceLink>
      </p>
    </div>
  )
}
