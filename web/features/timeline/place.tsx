'use client'

import type { ReactNode } from 'react'
import { createContext, use, useMemo } from 'react'
import { useMembers } from '../../lib/conversations/use-conversation'
import type { Place } from './message-actions'

const PlaceContext = createContext<Place>({ conversationId: '', threadId: null, isClosed: false, moderates: false })

interface Props {
  readonly conversationId: string
  readonly threadId?: string | null
  readonly isClosed?: boolean
  readonly viewerId: string
  readonly children: ReactNode
}

/** What the viewer is in the open conversation, as soon as its members are known. */
export function PlaceProvider({ conversationId, threadId = null, isClosed = false, viewerId, children }: Props) {
  const members = useMembers(conversationId)
  const moderates = (members ?? []).some(({ userId, role }) => userId === viewerId && role === 'OWNER')
  const place = useMemo(
    () => ({ conversationId, threadId, isClosed, moderates }),
    [conversationId, threadId, isClosed, moderates],
  )
  return <PlaceContext value={place}>{children}</PlaceContext>
}

export const usePlace = (): Place => use(PlaceContext)
