'use client'

import { useQuery } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { PinOff } from 'lucide-react'
import { useEffect } from 'react'
import { Avatar } from '../../components/avatar'
import { Button, IconButton } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { nameOf, personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import { exactTime, shortTime } from '../../lib/time'
import { useStore, useStorePart } from '../../lib/use-store'
import { PinnedMessagesDocument, type PinnedMessagesQuery } from './__generated__/pins'
import { PinnedBy } from './message-marks'
import { useTimelines } from './timeline-provider'
import { useJump } from './use-jump'

type Pinned = NonNullable<NonNullable<PinnedMessagesQuery['conversation']>['pinnedMessages']>[number]

interface Props {
  readonly conversationId: string
  readonly onClose: () => void
}

const none: ReadonlySet<string> = new Set()

/** The pinned messages, the newest pin first: each leads to its place. */
export function PinnedDialog({ conversationId, onClose }: Props) {
  const { pins } = useTimelines()
  const ids = useStorePart(pins, (all) => all.get(conversationId) ?? none)
  const { data, error, refetch } = useQuery(PinnedMessagesDocument, {
    variables: { conversationId },
    fetchPolicy: 'no-cache',
    errorPolicy: 'all',
  })
  const listed = data?.conversation?.pinnedMessages ?? null
  const isBehind = listed !== null && [...ids].some((id) => !listed.some((message) => message.id === id))
  useEffect(() => {
    if (isBehind) void refetch()
  }, [isBehind, refetch, ids])
  const shown = listed?.filter(({ id }) => ids.has(id)) ?? null
  return (
    <Dialog title="Pinned messages" onClose={onClose}>
      {shown === null && error === undefined && <p className="px-5 pb-6 text-sm text-faint">Loading…</p>}
      {shown === null && error !== undefined && (
        <div role="alert" className="space-y-3 px-5 pb-5 text-sm text-danger">
          <p>{sentenceOf(failureOf(error))}</p>
          <Button look="quiet" onClick={() => void refetch()}>
            Try again
          </Button>
        </div>
      )}
      {shown?.length === 0 && (
        <p className="px-5 pb-6 text-sm text-soft">
          Nothing is pinned here. Pin a message by its menu, so that everybody in the conversation finds it again.
        </p>
      )}
      {shown !== null && shown.length > 0 && (
        <ul className="overflow-y-auto border-t border-line p-2">
          {shown.map((message) => (
            <PinnedItem key={message.id} message={message} onClose={onClose} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function PinnedItem({ message, onClose }: { readonly message: Pinned; readonly onClose: () => void }) {
  const { changes } = useTimelines()
  const jump = useJump()
  const author = usePerson(personOf(message.authorId, message.author))
  const pending = useStore(changes)
  const problem = pending.get(message.id)?.find(({ change }) => change.kind === 'pin')?.problem ?? null
  if (changes.shown(message).pinnedAt === null) return null
  const { id: messageId, conversationId, sentAt, pinnedById } = message
  return (
    <li className="group relative flex items-start gap-1 rounded-xl hover:bg-hover">
      <button
        type="button"
        onClick={() => {
          onClose()
          jump(conversationId, { messageId })
        }}
        className="flex min-w-0 flex-1 gap-3 rounded-xl px-3 py-2.5 text-left -outline-offset-2!"
      >
        <Avatar id={author.id} name={author.displayName} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="truncate text-sm font-semibold">{author.displayName}</span>
            <time
              dateTime={sentAt}
              title={exactTime(new Date(sentAt))}
              className="shrink-0 text-xs text-faint tabular-nums"
            >
              {shortTime(new Date(sentAt), new Date())}
            </time>
          </span>
          <span dir="auto" className="line-clamp-3 text-sm wrap-anywhere text-soft">
            {excerpt(message.text, limits.excerptUnits, nameOf)}
          </span>
          {pinnedById !== null && (
            <span className="mt-0.5 block text-xs text-faint">
              <PinnedBy id={pinnedById} />
            </span>
          )}
          {problem !== null && (
            <span role="alert" className="mt-0.5 block text-xs text-danger">
              {problem}
            </span>
          )}
        </span>
      </button>
      <IconButton
        label={`Unpin the message of ${author.displayName}`}
        title="Unpin"
        onClick={() => void changes.want(message, { kind: 'pin', isPinned: false })}
        className="mt-2 mr-2"
      >
        <PinOff className="size-4" aria-hidden="true" />
      </IconButton>
    </li>
  )
}
