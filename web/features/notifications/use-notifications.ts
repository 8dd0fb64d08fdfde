'use client'

import type { ApolloCache } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { useEffect } from 'react'
import { listedConversation } from '../../lib/conversations/conversation-cache'
import { conversationName } from '../../lib/conversations/conversation-name'
import { inboxNews } from '../../lib/conversations/inbox-news'
import { nameOf, personOf } from '../../lib/people/people'
import { inOneTab } from '../../lib/session/session-request'
import { sessionStore } from '../../lib/session/session-store'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { attend, attended } from './attention'
import { Bell } from './bell'
import { notifyChoice, soundChoice, textChoice } from './choices'
import { missedKey, Notifier, type Origin } from './model/notifier'
import type { Arrival } from './model/ring'
import { followPermission, permissionStore } from './permission'
import { Told } from './told'

/** Tells the viewer of new messages while Parley is open. Mounted once. */
export function useNotifications(activeId: string | null): void {
  const { cache } = useApolloClient()
  const viewer = useViewer()
  const isAllowed = useStore(permissionStore) === 'granted'
  useEffect(() => followPermission(), [])

  useEffect(() => {
    if (isAllowed && activeId !== null) return attend(activeId)
  }, [isAllowed, activeId])

  useEffect(() => {
    if (!isAllowed) return
    const [bell, told] = [new Bell(), new Told(viewer.id)]
    const notifier = new Notifier({
      viewerId: viewer.id,
      settings: () => ({
        choice: notifyChoice.get(),
        hasSound: soundChoice.get() === 'on',
        isTextHidden: textChoice.get() === 'hidden',
      }),
      isAllowed: () => permissionStore.get() === 'granted',
      inOneTab: (task) => inOneTab('parley-ring', task),
      attended,
      told,
      originOf: (arrival) => originOf(cache, arrival),
      excerptOf: (text) => excerpt(text, limits.excerptUnits, nameOf),
      show: (notice) => bell.show(notice),
      close: (key) => bell.close(key),
      now: () => Date.now(),
    })
    const stop = inboxNews.subscribe(() => {
      const news = inboxNews.get()
      if (news !== null) void notifier.take(news)
    })
    const seen = () => bell.close(missedKey)
    const left = () => bell.closeAll()
    window.addEventListener('focus', seen)
    window.addEventListener('pagehide', left)
    return () => {
      stop()
      window.removeEventListener('focus', seen)
      window.removeEventListener('pagehide', left)
      bell.closeAll()
      if (sessionStore.get().status === 'signed-out') told.clear()
    }
  }, [isAllowed, cache, viewer.id])
}

/** A conversation or a person that is new here is being asked for when it is told. */
const patienceMs = 3_000
const step = 100

async function originOf(cache: ApolloCache, { conversationId, authorId }: Arrival): Promise<Origin | null> {
  for (let waited = 0; waited < patienceMs && !isKnown(cache, conversationId, authorId); waited += step)
    await new Promise((resolve) => setTimeout(resolve, step))
  const conversation = listedConversation(cache, conversationId)
  if (conversation === undefined) return null
  return {
    isDirect: conversation.kind === 'DIRECT',
    name: conversationName(conversation),
    author: personOf(authorId, null).displayName,
  }
}

const isKnown = (cache: ApolloCache, conversationId: string, authorId: string): boolean =>
  listedConversation(cache, conversationId) !== undefined && nameOf(authorId) !== null
