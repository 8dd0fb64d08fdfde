'use client'

import { connectionStore } from '../graphql/connection'
import { useNow } from '../use-now'
import { useStore, useStorePart } from '../use-store'
import type { PresencePartsFragment } from './__generated__/presence'
import { presenceStore, statusNow } from './presence-store'

/** What is known of a person now; undefined for somebody who is not followed, and while there is no connection. */
export function usePresence(userId: string | null): PresencePartsFragment | undefined {
  const isConnected = useStore(connectionStore) === 'connected'
  const presence = useStorePart(presenceStore, (known) => (userId === null ? undefined : known.get(userId)))
  return isConnected ? presence : undefined
}

/** The status of a person, which is shown without a connection too, until it expires. */
export function useStatus(userId: string | null): PresencePartsFragment['status'] {
  const presence = useStorePart(presenceStore, (known) => (userId === null ? undefined : known.get(userId)))
  return statusNow(presence, useNow(30_000))
}

/** How many of these people are online. */
export function useOnlineCount(userIds: readonly string[]): number {
  const isConnected = useStore(connectionStore) === 'connected'
  const count = useStorePart(presenceStore, (known) => userIds.filter((id) => known.get(id)?.state === 'ONLINE').length)
  return isConnected ? count : 0
}
