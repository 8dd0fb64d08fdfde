import { InvalidFields } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'

/** Checks a cursor or a line number in the field of that name: it must exist, or be 0 for "before the first". */
export function assertExists(field: string, place: number, last: number): void {
  if (!Number.isInteger(place) || place < 0)
    throw invalid(field, 'INVALID_INPUT', 'A position in a conversation is a whole number from 0.')
  if (place > last) {
    const message = `This list ends at ${last}; ${place} has not happened yet. Start again from what you have.`
    throw invalid(field, 'CURSOR_AHEAD', message)
  }
}

/** Checks a line that is to be unread again. */
export function assertRecent(line: number, lines: number): void {
  assertExists('line', line, lines)
  if (line === 0) throw invalid('line', 'INVALID_INPUT', 'The first line of a conversation is 1.')
  if (line <= lines - limits.unreadLines) {
    const message = `Only the last ${limits.unreadLines.toLocaleString('en')} messages can be marked as unread.`
    throw invalid('line', 'TOO_FAR_BACK', message)
  }
}

/** Checks the revision of a read position: a client can only know one that there has been. */
export function assertKnown(revision: number, current: number): void {
  if (!Number.isInteger(revision) || revision < 0)
    throw invalid('revision', 'INVALID_INPUT', 'The revision of a read position is a whole number from 0.')
  if (revision > current) {
    const message = `The revision of this read position is ${current}. Ask for it again.`
    throw invalid('revision', 'CURSOR_AHEAD', message)
  }
}

const invalid = (field: string, code: string, message: string): InvalidFields =>
  new InvalidFields([{ field, code, message }])
