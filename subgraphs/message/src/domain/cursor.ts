import { DomainError } from '@parley/kernel/errors'

/** A cursor, or the number of a line: it names something that exists, or 0 for "before the first". */
export function assertExists(place: number, last: number): void {
  if (!Number.isInteger(place) || place < 0)
    throw new DomainError('input', 'INVALID_INPUT', 'A position in a conversation is a whole number from 0.')
  if (place > last) {
    throw new DomainError(
      'input',
      'CURSOR_AHEAD',
      `This conversation ends at ${last}; ${place} has not happened yet. Start again from what you have.`,
    )
  }
}
