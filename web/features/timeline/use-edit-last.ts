'use client'

import { useApolloClient } from '@apollo/client/react'
import { announce } from '../../lib/announce'
import { membersOf } from '../../lib/conversations/members'
import { useViewer } from '../../lib/session/use-session'
import { lastOwn } from './model/last-own'
import type { OutboxState } from './model/outbox-state'
import type { TimelineStore } from './model/timeline-store'
import { takeBack } from './take-back'
import { useTimelines } from './timeline-provider'

interface List {
  readonly store: TimelineStore
  readonly threadId: string | null
  /** Those of the unsent messages that belong to it. */
  readonly unsentIn: (unsent: OutboxState) => OutboxState
}

/** Edits what the viewer wrote last in a list. One that waits to be sent is not passed over for an older one. */
export function useEditLast({ store, threadId, unsentIn }: List): () => void {
  const { outbox, stores, editing } = useTimelines()
  const { cache } = useApolloClient()
  const viewer = useViewer()
  return () => {
    const last = lastOwn(store.get().state.lines.toArray(), unsentIn(outbox.get()), viewer)
    if (last?.kind === 'sent') editing.begin(last.message, threadId)
    if (last?.kind !== 'unsent') return
    const { clientId, isMendable = false, threadId: writtenAt = null } = last.item
    if (isMendable && writtenAt === threadId)
      takeBack(clientId, { outbox, stores, viewerId: viewer.id, membersOf: (id) => membersOf(cache, id) })
    else announce('Your last message is not sent yet')
  }
}
