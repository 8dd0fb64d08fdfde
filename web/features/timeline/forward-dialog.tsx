'use client'

import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { useEffect, useState } from 'react'
import { Dialog } from '../../components/dialog'
import { ConversationPicker } from '../../components/finder/conversation-picker'
import { nameOf } from '../../lib/people/people'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { useStore, useStorePart } from '../../lib/use-store'
import { ForwardProgress } from './forward-progress'
import type { Message } from './model/events'
import { messageIn } from './model/timeline-state'
import { useTimelines } from './timeline-provider'

/** Asks where a message is to be forwarded, forwards it, and leads there. Closes with its conversation. */
export function ForwardDialog() {
  const { forwarding } = useTimelines()
  const message = useStore(forwarding)
  useEffect(() => () => forwarding.set(null), [forwarding])
  return message === null ? null : <Forward key={message.id} message={message} onClose={() => forwarding.set(null)} />
}

const forwardTo = (name: string | null) => (name === null ? 'Forward' : `Forward to ${name}`)

interface Sent {
  readonly clientId: string
  readonly to: ConversationPartsFragment
}

function Forward({ message, onClose }: { readonly message: Message; readonly onClose: () => void }) {
  const { outbox, stores } = useTimelines()
  const [sent, setSent] = useState<Sent | null>(null)
  const isGone = useStorePart(
    stores.of(message.conversationId),
    ({ state }) => (messageIn(state, message.id) ?? message).deletedAt !== null,
  )
  useEffect(() => {
    if (isGone && sent === null) onClose()
  }, [isGone, sent, onClose])
  const refused = useStorePart(outbox, (all) => all.find((one) => one.clientId === sent?.clientId && one.isFinal))
  const close = () => {
    if (refused !== undefined) outbox.remove([refused.clientId])
    onClose()
  }
  const forward = (to: ConversationPartsFragment) => {
    const { id: messageId, authorId, forwardedFromId, text } = message
    const forwardOf = { messageId, authorId: forwardedFromId ?? authorId }
    setSent({ clientId: outbox.write(to.id, text, { forwardOf }), to })
  }
  return (
    <Dialog title="Forward message" look={sent === null ? 'page' : 'window'} onClose={close}>
      {!isGone && (
        <blockquote
          dir="auto"
          className="mx-5 mb-3 line-clamp-2 border-l-2 border-accent pl-3 text-sm wrap-anywhere text-soft"
        >
          {excerpt(message.text, limits.excerptUnits, nameOf)}
        </blockquote>
      )}
      {sent === null && <ConversationPicker action={forwardTo} onChoose={forward} />}
      {sent !== null && refused === undefined && <ForwardProgress {...sent} onClose={close} />}
      {refused !== undefined && (
        <p role="alert" className="border-t border-line px-5 py-5 text-sm text-danger">
          Not forwarded. {refused.reason}
        </p>
      )}
    </Dialog>
  )
}
