import { DomainError } from '@parley/kernel/errors'

/** A cursor names an event that exists, or 0 for "before the first". */
export function assertCursor(seq: number, headSeq: number): void {
  if (!Number.isInteger(seq) || seq < 0)
    throw new DomainError('input', 'INVALID_INPUT', 'A position in a conversation is a whole number from 0.')
  if (seq > headSeq) {
    throw new DomainError(
      'input',
      'CURSOR_AHEAD',
      `This conversation ends at ${headSeq}; ${seq} has not happened yet. Start again from what you have.`,
    )
  }
}
