import type { PresenceFrame } from '../application/follow-presence'
import type { GrantedSession } from '../application/session-grants'
import type { User } from '../domain/account'
import { presenceRefusal } from '../domain/policy'
import type { Presence } from '../domain/presence'
import { type PresenceFrameType, PresenceStateType, type PresenceType } from './presence.types'
import type { UserType } from './user.types'

/** Whitelists what leaves this subgraph, field by field. */
export const userView = ({ id, username, displayName, createdAt }: User): UserType => ({
  id,
  username,
  displayName,
  createdAt,
})

export const sessionView = ({ user, grant }: GrantedSession) => ({
  user: userView(user),
  accessTokenExpiresAt: grant.accessToken.expiresAt,
})

const states = {
  online: PresenceStateType.ONLINE,
  away: PresenceStateType.AWAY,
  offline: PresenceStateType.OFFLINE,
  unknown: PresenceStateType.UNKNOWN,
} as const satisfies Record<Presence['state'], PresenceStateType>

export const presenceView = ({ userId, state, lastSeenAt, status, isHidden }: Presence): PresenceType => ({
  userId,
  state: states[state],
  lastSeenAt,
  status: status === null ? null : { emoji: status.emoji, text: status.text, expiresAt: status.expiresAt },
  isHidden,
})

export const presenceFrameView = ({ people, refused }: PresenceFrame): PresenceFrameType => ({
  people: people.map(presenceView),
  refused: refused.map((userId) => ({ userId, ...presenceRefusal })),
})
