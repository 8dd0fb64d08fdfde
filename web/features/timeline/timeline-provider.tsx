'use client'

import { useApolloClient } from '@apollo/client/react'
import type { ReactNode, RefObject } from 'react'
import { createContext, createRef, use, useEffect, useState } from 'react'
import { onConnected, onTryNow } from '../../lib/graphql/connection'
import { useSocket } from '../../lib/graphql/api-provider'
import { Store } from '../../lib/store'
import { useViewer } from '../../lib/session/use-session'
import { uuidv7 } from '../../lib/uuid'
import { DeletionStore } from './model/deletion-store'
import { EditStore } from './model/edit-store'
import { ReactionStore } from './model/reaction-store'
import { TimelineStores } from './model/timeline-stores'
import { indexedDbStorage } from './outbox/indexed-db-storage'
import { Outbox } from './outbox/outbox'
import { wishStorage } from './outbox/wish-storage'
import { deleteMessage, editMessage, graphqlTimelineSource, sendMessage, setReaction } from './timeline-source'

export interface Reacting {
  readonly messageId: string
  readonly shows: 'picker' | 'people'
  /** Whose people are shown at first; for all emoji when it is absent. */
  readonly emoji?: string
}

export interface Timelines {
  readonly stores: TimelineStores
  readonly outbox: Outbox
  readonly edits: EditStore
  readonly reactions: ReactionStore
  /** The message whose emoji picker is open, or whose list of those who reacted. */
  readonly reacting: Store<Reacting | null>
  readonly deletions: DeletionStore
  /** The key of the row that shows what can be done to its message. */
  readonly revealed: Store<string | null>
  /** The field in which one writes. */
  readonly composer: RefObject<HTMLTextAreaElement | null>
}

const TimelinesContext = createContext<Timelines | null>(null)

/** Keeps the opened timelines and the waiting messages while one user is signed in. */
export function TimelineProvider({ children }: { readonly children: ReactNode }) {
  const apollo = useApolloClient()
  const socket = useSocket()
  const viewer = useViewer()
  const [timelines] = useState<Timelines>(() => {
    const stores = new TimelineStores(graphqlTimelineSource(apollo, socket))
    const outbox = new Outbox({
      storage: indexedDbStorage(viewer.id),
      send: (item) => sendMessage(apollo, item),
      accepted: (conversationId, event) => stores.receive(conversationId, event),
      newId: uuidv7,
    })
    const edits = new EditStore({
      save: (request) => editMessage(apollo, request),
      saved: (conversationId, event) => stores.receive(conversationId, event),
      newId: uuidv7,
    })
    const reactions = new ReactionStore({
      viewerId: viewer.id,
      storage: wishStorage(viewer.id),
      send: (wish) => setReaction(apollo, wish),
      done: (conversationId, event) => stores.receive(conversationId, event),
      learned: (message) => stores.learn(message),
      newId: uuidv7,
    })
    const deletions = new DeletionStore({
      remove: (request) => deleteMessage(apollo, request),
      removed: (conversationId, event) => stores.receive(conversationId, event),
      newId: uuidv7,
    })
    return {
      stores,
      outbox,
      edits,
      reactions,
      reacting: new Store<Reacting | null>(null),
      deletions,
      revealed: new Store<string | null>(null),
      composer: createRef<HTMLTextAreaElement>(),
    }
  })
  useEffect(() => {
    const { outbox, reactions, stores } = timelines
    void outbox.start()
    void reactions.start()
    const stop = onConnected(() => {
      outbox.wake()
      reactions.wake()
    })
    const stopHurry = onTryNow(() => {
      outbox.wake()
      reactions.wake()
      stores.hurry()
    })
    return () => {
      stop()
      stopHurry()
      outbox.close()
      reactions.close()
    }
  }, [timelines])
  return <TimelinesContext value={timelines}>{children}</TimelinesContext>
}

export function useTimelines(): Timelines {
  const timelines = use(TimelinesContext)
  if (timelines === null) throw new Error('useTimelines is used outside TimelineProvider')
  return timelines
}
