'use client'

import { useApolloClient } from '@apollo/client/react'
import type { ReactNode, RefObject } from 'react'
import { createContext, createRef, use, useEffect, useState } from 'react'
import { keepMembers } from '../../lib/conversations/conversation-cache'
import { membersOf } from '../../lib/conversations/members'
import { refreshConversation } from '../../lib/conversations/use-conversations'
import { onHidden } from '../../lib/device/keeper'
import { onConnected, onTryNow } from '../../lib/graphql/connection'
import { useSocket } from '../../lib/graphql/api-provider'
import { draftOf } from '../../lib/drafts'
import { keptUnread } from '../../lib/kept-unread'
import { Store } from '../../lib/store'
import { useViewer } from '../../lib/session/use-session'
import { uuidv7 } from '../../lib/uuid'
import { bookmarksChanged } from '../../lib/bookmarks'
import { bookmarked, BookmarkStore } from './model/bookmark-store'
import { ChangeStore } from './model/change-store'
import { markUnread } from './mark-unread'
import type { Doomed } from './model/doomed'
import { type Message, quoteOf, type TimelineEvent } from './model/events'
import { EditingStore } from './model/editing-store'
import { PinStore } from './model/pin-store'
import { TimelineStores } from './model/timeline-stores'
import { changeStorage } from './outbox/change-storage'
import { editStorage } from './outbox/edit-storage'
import { indexedDbStorage } from './outbox/indexed-db-storage'
import { Outbox } from './outbox/outbox'
import { keptPages } from './kept-pages'
import { graphqlTimelineSource, type Opened, sendMessage } from './timeline-source'
import { markedIn } from './marked-ids'
import { sendChange } from './send-change'

export interface Reacting {
  readonly messageId: string
  /** The thread in whose list it was opened; null for the list of the conversation. The message may be in both. */
  readonly threadId: string | null
  readonly shows: 'picker' | 'people'
  /** Whose people are shown at first; for all emoji when it is absent. */
  readonly emoji?: string
}

export interface Timelines {
  readonly stores: TimelineStores
  readonly outbox: Outbox
  /** What the viewer wants of messages, until the server has confirmed it. */
  readonly changes: ChangeStore
  readonly editing: EditingStore
  readonly pins: PinStore
  readonly bookmarks: BookmarkStore
  /** The message whose emoji picker is open, or whose list of those who reacted. */
  readonly reacting: Store<Reacting | null>
  /** The message that the viewer is asked about before it is deleted. */
  readonly doomed: Store<Doomed | null>
  /** Begins a reply to a message, in the field of the conversation or of a thread. */
  readonly reply: (placeId: string, message: Message) => void
  /** The message for which the viewer chooses where to forward it. */
  readonly forwarding: Store<Message | null>
  /** The message of which it is shown who has read it. */
  readonly readersShown: Store<string | null>
  readonly keptUnread: typeof keptUnread
  readonly markUnread: (conversationId: string, line: number) => Promise<string | null>
  /** The list and the key of the row that shows what can be done to its message. */
  readonly revealed: Store<string | null>
  /** The id of the message that a jump has led to, for a moment. */
  readonly highlighted: Store<string | null>
  /** The field in which one writes. */
  readonly composer: RefObject<HTMLTextAreaElement | null>
  /** That of the open thread. */
  readonly threadComposer: RefObject<HTMLTextAreaElement | null>
}

const TimelinesContext = createContext<Timelines | null>(null)

/** Keeps the opened timelines and the waiting messages while one user is signed in. */
export function TimelineProvider({ children }: { readonly children: ReactNode }) {
  const apollo = useApolloClient()
  const socket = useSocket()
  const viewer = useViewer()
  const [timelines] = useState<Timelines>(() => {
    const marked = markedIn(apollo)
    const pins = new PinStore(async (id) => (await marked(id))?.pinnedMessages ?? null)
    const bookmarks = new BookmarkStore(async (id) => (await marked(id))?.bookmarkedIds ?? null)
    const opening = (id: string) => {
      const [tellPins, tellBookmarks] = [pins.expect(id), bookmarks.expect(id)]
      return ({ marked: told, members }: Opened) => {
        tellPins(told?.pinnedMessages ?? null)
        tellBookmarks(bookmarked(told?.bookmarkedIds ?? null))
        if (members === null) refreshConversation(id)
        else keepMembers(apollo.cache, members)
      }
    }
    const heard = (event: TimelineEvent) => pins.hear(event)
    const source = graphqlTimelineSource(apollo, socket, { heard, opening })
    const stores = new TimelineStores(source, keptPages(viewer.id, apollo.cache))
    const outbox = new Outbox({
      storage: indexedDbStorage(viewer.id),
      send: (item) => sendMessage(apollo, item),
      accepted: (conversationId, event) => {
        stores.receive(conversationId, event)
        // Who opens its list later finds it there.
        if (!stores.shows(conversationId, event)) outbox.remove([event.message.clientId])
      },
      newId: uuidv7,
    })
    const changes = new ChangeStore({
      viewerId: viewer.id,
      storage: changeStorage(viewer.id),
      send: (pending) => sendChange(apollo, pending),
      done: (conversationId, event) => {
        stores.receive(conversationId, event)
        pins.hear(event)
      },
      learned: (message) => stores.learn(message),
      confirmed: ({ conversationId, messageId, change }) => {
        if (change.kind === 'bookmark') bookmarks.put(conversationId, messageId, change.isBookmarked)
      },
      newId: uuidv7,
    })
    return {
      stores,
      outbox,
      changes,
      editing: new EditingStore(changes, editStorage(viewer.id), (conversationId) =>
        membersOf(apollo.cache, conversationId),
      ),
      pins,
      bookmarks,
      reacting: new Store<Reacting | null>(null),
      doomed: new Store<Doomed | null>(null),
      reply: (placeId, message) => draftOf(viewer.id, placeId).replyTo.set(quoteOf(message)),
      forwarding: new Store<Message | null>(null),
      readersShown: new Store<string | null>(null),
      keptUnread,
      markUnread: (conversationId, line) => markUnread(apollo, conversationId, line),
      revealed: new Store<string | null>(null),
      highlighted: new Store<string | null>(null),
      composer: createRef<HTMLTextAreaElement>(),
      threadComposer: createRef<HTMLTextAreaElement>(),
    }
  })
  useEffect(() => {
    const { outbox, changes, bookmarks, pins, stores } = timelines
    void outbox.start()
    void changes.start()
    const stop = onConnected(() => {
      outbox.wake()
      changes.wake()
      bookmarks.connected()
      pins.connected()
      stores.hurry()
    })
    const stopHurry = onTryNow(() => {
      outbox.wake()
      changes.wake()
      stores.hurry()
    })
    const stopKeeping = onHidden(() => stores.keep())
    const stopBookmarks = bookmarksChanged.subscribe(() => bookmarks.reload())
    return () => {
      stop()
      stopKeeping()
      stopBookmarks()
      stopHurry()
      outbox.close()
      changes.close()
    }
  }, [timelines])
  return <TimelinesContext value={timelines}>{children}</TimelinesContext>
}

export function useTimelines(): Timelines {
  const timelines = use(TimelinesContext)
  if (timelines === null) throw new Error('useTimelines is used outside TimelineProvider')
  return timelines
}
