'use client'

import { Avatar } from '../../components/avatar'
import { Dialog } from '../../components/dialog'
import { useStore, useStorePart } from '../../lib/use-store'
import type { Message } from './model/events'
import { readersOf } from './model/receipts'
import { type Receipts, useReceipts } from './receipts'
import { useTimelines } from './timeline-provider'
import { useReactorNames } from './use-reactor-names'

/** Who has seen a message, when that was asked for. */
export function ReadersDialog({ message }: { readonly message: Message }) {
  const { readersShown } = useTimelines()
  const receipts = useReceipts()
  const isOpen = useStorePart(readersShown, (id) => id === message.id)
  if (!isOpen || receipts === null) return null
  return <Readers line={message.line} receipts={receipts} onClose={() => readersShown.set(null)} />
}

interface Props {
  readonly line: number | null
  readonly receipts: Receipts
  readonly onClose: () => void
}

function Readers({ line, receipts: { positions, otherIds }, onClose }: Props) {
  const seen = readersOf(useStore(positions), line)
  const others = otherIds.filter((id) => !seen.includes(id))
  return (
    <Dialog title="Read by" onClose={onClose}>
      <div className="min-h-40 overflow-y-auto border-t border-line pt-2 pb-4">
        {seen.length === 0 && <p className="px-5 py-2 text-sm text-soft">Nobody has been seen to read it yet.</p>}
        <People label="Seen" ids={seen} />
        {others.length > 0 && (
          <>
            <h3 className="px-5 pt-3 pb-1 text-xs font-semibold text-faint">Not seen yet, or not shown</h3>
            <People label="Not seen yet, or not shown" ids={others} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function People({ label, ids }: { readonly label: string; readonly ids: readonly string[] }) {
  const nameOf = useReactorNames(ids)
  if (ids.length === 0) return null
  return (
    <ul aria-label={label}>
      {ids.map((id) => (
        <li key={id} className="flex items-center gap-3 px-5 py-1.5">
          <Avatar id={id} name={nameOf(id)} />
          <span className="min-w-0 flex-1 truncate text-md">{nameOf(id)}</span>
        </li>
      ))}
    </ul>
  )
}
