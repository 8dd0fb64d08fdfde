import { emojiIn } from '@parley/kernel/emoji'
import { type FieldFault, InvalidFields } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'
import { charactersOf, isVisible, oneLine } from '@parley/kernel/normalized'

/** What a person says of themselves for a while. At least one of `emoji` and `text` is there. */
export interface Status {
  readonly emoji: string | null
  readonly text: string | null
  /** Null when it stays until it is cleared. */
  readonly expiresAt: Date | null
}

export interface RawStatus {
  readonly emoji: string | null
  readonly text: string | null
  readonly expiresAt: Date | null
}

const longestMs = 366 * 86_400_000

/** Null when it has expired: nobody has to remove it. */
export const currentStatus = (status: Status | null, now: number): Status | null =>
  status === null || (status.expiresAt !== null && status.expiresAt.getTime() <= now) ? null : status

/** Throws InvalidFields with the faults of all fields. */
export function statusOf(raw: RawStatus, now: Date): Status {
  const emoji = raw.emoji === null || raw.emoji === '' ? null : emojiIn(raw.emoji)
  const line = oneLine(raw.text ?? '', limits.statusLength)
  const text = isVisible(line) ? line : null
  const faults = [
    ...(raw.emoji && emoji === null ? [fault('emoji', 'A status has one emoji.')] : []),
    ...(charactersOf(line) > limits.statusLength
      ? [fault('text', `A status has at most ${limits.statusLength} characters.`)]
      : []),
    ...expiryFaults(raw.expiresAt, now),
  ]
  if (faults.length === 0 && emoji === null && text === null)
    faults.push(fault('text', 'A status needs an emoji or a text.'))
  if (faults.length > 0) throw new InvalidFields(faults)
  return { emoji, text, expiresAt: raw.expiresAt }
}

function expiryFaults(expiresAt: Date | null, now: Date): readonly FieldFault[] {
  if (expiresAt === null) return []
  const inMs = expiresAt.getTime() - now.getTime()
  if (!(inMs > 0)) return [fault('expiresAt', 'A status ends in the future.')]
  return inMs > longestMs ? [fault('expiresAt', 'A status lasts for a year at most.')] : []
}

const fault = (field: keyof RawStatus, message: string): FieldFault => ({ field, code: 'INVALID_FIELD', message })
