'use client'

import type { ReactNode } from 'react'
import { createContext, use, useMemo, useState } from 'react'
import { useMembers } from '../../lib/conversations/use-conversation'
import { useLive } from '../../lib/graphql/use-live'
import { Store } from '../../lib/store'
import { ReadPositionsDocument } from './__generated__/reading'
import { noPositions, positionsAfter, type ReadPositions } from './model/receipts'

export interface Receipts {
  readonly positions: Store<ReadPositions>
  /** The members beside the viewer. */
  readonly otherIds: readonly string[]
}

const ReceiptsContext = createContext<Receipts | null>(null)

interface Props {
  readonly conversationId: string
  readonly viewerId: string
  readonly children: ReactNode
}

/** Follows who has read how far in the open conversation. What was known stays while the stream is away. */
export function ReceiptsProvider({ conversationId, viewerId, children }: Props) {
  const [positions] = useState(() => new Store(noPositions))
  useLive(ReadPositionsDocument, conversationId, {
    data: ({ readPositions }) => {
      if (readPositions) positions.set(positionsAfter(positions.get(), readPositions))
    },
    lost: () => undefined,
  })
  const members = useMembers(conversationId)
  const receipts = useMemo(() => {
    const otherIds = (members ?? []).flatMap(({ userId }) => (userId === viewerId ? [] : [userId]))
    return { positions, otherIds }
  }, [positions, members, viewerId])
  return <ReceiptsContext value={receipts}>{children}</ReceiptsContext>
}

/** Null in a thread: only the conversation has read positions. */
export const useReceipts = (): Receipts | null => use(ReceiptsContext)
