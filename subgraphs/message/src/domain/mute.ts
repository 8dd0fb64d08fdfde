import { InvalidFields } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'

/** Whether a person wants to be told of a conversation: docs/decisions/0034-muted-conversations.md. */
export interface Mute {
  readonly isMuted: boolean
  /** When it ends by itself; null for one that does not, and for none. */
  readonly until: Date | null
  /** How often it was changed: of two, the higher one is the later. */
  readonly revision: number
}

export const unmuted: Mute = { isMuted: false, until: null, revision: 0 }

export const laterMute = (one: Mute, other: Mute): Mute => (other.revision > one.revision ? other : one)

/** What it is at that time: one that has ended is none. */
export const muteAt = (mute: Mute, at: Date): Mute =>
  mute.isMuted && mute.until !== null && mute.until <= at ? { ...mute, isMuted: false, until: null } : mute

const dayMs = 86_400_000

/** When a mute that begins now ends; null for never. Throws InvalidFields for a time that makes none. */
export function muteEnd(until: Date | null, now: Date): Date | null {
  if (until === null) return null
  if (until <= now) throw invalid('This time is over. Choose one in the future, or unmute the conversation.')
  if (until.getTime() > now.getTime() + limits.muteDays * dayMs)
    throw invalid(`A time is at most ${limits.muteDays} days ahead. Leave it out to mute until you unmute.`)
  return until
}

const invalid = (message: string) => new InvalidFields([{ field: 'until', code: 'INVALID_FIELD', message }])
