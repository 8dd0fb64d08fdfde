import { agoTime } from '../time'
import type { PresencePartsFragment } from './__generated__/presence'

type Words = Pick<PresencePartsFragment, 'state' | 'lastSeenAt'>

/** "online", "away", "last seen 5 min ago"; empty when nothing is known. */
export function presenceWords(presence: Words | undefined, now: Date): string {
  if (presence === undefined || presence.state === 'UNKNOWN') return ''
  if (presence.state === 'ONLINE') return 'online'
  const ago = presence.lastSeenAt === null ? null : agoTime(new Date(presence.lastSeenAt), now)
  if (presence.state === 'AWAY') return ago === null || ago === 'just now' ? 'away' : `away, last active ${ago}`
  return ago === null ? 'offline' : `last seen ${ago}`
}
