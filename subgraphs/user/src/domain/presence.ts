import type { UserId } from '@parley/kernel/ids'
import { currentStatus, type Status } from './status'

export type PresenceState = 'online' | 'away' | 'offline' | 'unknown'

/** One connection of a device: it counts until the time `until`, in milliseconds since the epoch. */
export interface Sign {
  readonly connectionId: string
  /** The person uses the device; otherwise it is connected and idle. */
  readonly isActive: boolean
  readonly until: number
}

/** What is known of one person's devices. */
export interface PresenceRecord {
  readonly signs: readonly Sign[]
  /** When the person last used a device; null when that is not known. */
  readonly seenAt: number | null
}

/** What a person has set about their presence. */
export interface PresenceSettings {
  readonly isHidden: boolean
  readonly status: Status | null
}

/** The presence of a person, as one viewer may see it. */
export interface Presence {
  readonly userId: UserId
  readonly state: PresenceState
  readonly lastSeenAt: Date | null
  readonly status: Status | null
  /** Null for everyone but the person. */
  readonly isHidden: boolean | null
}

export interface Viewing {
  readonly viewerId: UserId
  /** Who hides their presence does not see that of others. */
  readonly isHidden: boolean
}

export const noSettings: PresenceSettings = { isHidden: false, status: null }
export const noSigns: PresenceRecord = { signs: [], seenAt: null }

/** Online when one device is in use, away when all that are connected are idle. */
export function stateOf({ signs }: PresenceRecord, now: number): Exclude<PresenceState, 'unknown'> {
  const connected = signs.filter(({ until }) => until > now)
  if (connected.some(({ isActive }) => isActive)) return 'online'
  return connected.length > 0 ? 'away' : 'offline'
}

/** When the state can change by itself: the end of the last sign that makes it. Null when it cannot. */
export function stateEndsAt(record: PresenceRecord, now: number): number | null {
  const state = stateOf(record, now)
  const ends = record.signs.flatMap(({ isActive, until }) =>
    until > now && (isActive || state === 'away') ? until : [],
  )
  return ends.length === 0 ? null : Math.max(...ends)
}

/** The record after a sign, without those that no longer count. */
export function afterSign({ signs, seenAt }: PresenceRecord, sign: Sign, now: number): PresenceRecord {
  const others = signs.filter(({ connectionId, until }) => connectionId !== sign.connectionId && until > now)
  return { signs: [...others, sign], seenAt: sign.isActive ? now : seenAt }
}

/** `record` is null while devices cannot be known. */
export function presenceOf(
  userId: UserId,
  { record, settings }: { readonly record: PresenceRecord | null; readonly settings: PresenceSettings },
  { viewerId, isHidden }: Viewing,
  now: number,
): Presence {
  const isSelf = userId === viewerId
  const status = currentStatus(settings.status, now)
  const own = isSelf ? settings.isHidden : null
  if (record === null || (!isSelf && (settings.isHidden || isHidden)))
    return { userId, state: 'unknown', lastSeenAt: null, status, isHidden: own }
  const state = stateOf(record, now)
  const lastSeenAt = state === 'online' || record.seenAt === null ? null : new Date(record.seenAt)
  return { userId, state, lastSeenAt, status, isHidden: own }
}
