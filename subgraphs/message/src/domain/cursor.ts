import { InvalidFields } from '@parley/kernel/errors'

/** Checks a cursor or a line number in the field of that name: it must exist, or be 0 for "before the first". */
export function assertExists(field: string, place: number, last: number): void {
  if (!Number.isInteger(place) || place < 0)
    throw invalid(field, 'INVALID_INPUT', 'A position in a conversation is a whole number from 0.')
  if (place > last) {
    const message = `This list ends at ${last}; ${place} has not happened yet. Start again from what you have.`
    throw invalid(field, 'CURSOR_AHEAD', message)
  }
}

const invalid = (field: string, code: string, message: string): InvalidFields =>
  new InvalidFields([{ field, code, message }])
