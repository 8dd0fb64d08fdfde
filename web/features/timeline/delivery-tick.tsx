'use client'

import { Check, CheckCheck, Clock3 } from 'lucide-react'
import { useStorePart } from '../../lib/use-store'
import type { Message } from './model/events'
import { deliveryOf, readersOf } from './model/receipts'
import type { MessageRow } from './model/rows'
import { type Receipts, useReceipts } from './receipts'
import { useTimelines } from './timeline-provider'

/** How far an own message has come. It has a place of its own, so that nothing moves when it changes. */
export function DeliveryTick({ row: { delivery, message } }: { readonly row: MessageRow }) {
  const receipts = useReceipts()
  return (
    <span className="flex w-4 shrink-0 items-end justify-center pb-1">
      {delivery === 'pending' && (
        <span role="img" aria-label="Sending" title="Waiting to be sent" className="text-faint">
          <Clock3 className="size-3.5" aria-hidden="true" />
        </span>
      )}
      {delivery === 'stored' && message === null && <Sent />}
      {delivery === 'stored' && message !== null && receipts !== null && (
        <Stored message={message} receipts={receipts} />
      )}
    </span>
  )
}

function Stored({ message, receipts }: { readonly message: Message; readonly receipts: Receipts }) {
  const { readersShown } = useTimelines()
  const { positions, otherIds } = receipts
  const readers = useStorePart(positions, (known) => readersOf(known, message.line).length)
  const { isSeen, label } = deliveryOf(readers, otherIds.length)
  if (!isSeen) return <Sent />
  // By keys it is reached as an action of the message.
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      aria-haspopup="dialog"
      onClick={() => readersShown.set(message.id)}
      className="-m-1 rounded p-1 text-link hover:bg-line"
    >
      <CheckCheck className="size-4" aria-hidden="true" />
    </button>
  )
}

function Sent() {
  return (
    <span role="img" aria-label="Sent" title="Sent" className="text-faint">
      <Check className="size-4" aria-hidden="true" />
    </span>
  )
}
