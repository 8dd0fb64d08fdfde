'use client'

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useMemo, useRef } from 'react'
import { useMembers } from '../conversations/use-conversation'
import { useConversations } from '../conversations/use-conversations'
import { useSocket } from '../graphql/api-provider'
import { followLive } from '../graphql/live'
import { useViewer } from '../session/use-session'
import { PresenceDocument } from './__generated__/presence'
import { activity } from './activity'
import { PresenceFollower } from './presence-follower'
import { presenceStore } from './presence-store'

/** Follows the people on the screen, and says that this device is here. Mounted once. */
export function useLivePresence(activeId: string | null): void {
  const apollo = useApolloClient()
  const socket = useSocket()
  const { id: viewerId } = useViewer()
  const wanted = useWanted(viewerId, activeId)
  const follower = useRef<PresenceFollower | null>(null)
  useEffect(() => {
    const current = new PresenceFollower({
      store: presenceStore,
      open: (ids, isActive, sink) => {
        const variables = {
          userIds: [...ids],
          get isActive() {
            return isActive()
          },
        }
        return followLive({ apollo, socket }, PresenceDocument, variables, sink)
      },
    })
    follower.current = current
    const stops = [activity.start(), activity.subscribe(() => current.setActive(activity.get()))]
    return () => {
      for (const stop of stops) stop()
      current.close()
      follower.current = null
    }
  }, [apollo, socket, viewerId])
  useEffect(() => {
    if (wanted !== null) follower.current?.want(wanted)
  }, [apollo, socket, viewerId, wanted])
}

/** The viewer, the members of the open conversation, and the people of direct ones; null until the list is there. */
function useWanted(viewerId: string, activeId: string | null): readonly string[] | null {
  const { conversations } = useConversations()
  const members = useMembers(activeId ?? '')
  return useMemo(() => {
    if (conversations === null) return null
    const inOpen = members?.map(({ userId }) => userId) ?? []
    return [viewerId, ...inOpen, ...conversations.flatMap(({ peerId }) => peerId ?? [])]
  }, [conversations, viewerId, members])
}
