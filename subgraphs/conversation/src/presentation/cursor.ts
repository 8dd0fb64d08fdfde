import { DomainError } from '@parley/kernel/errors'
import { conversationId } from '@parley/kernel/ids'
import type { ListPosition } from '../application/conversation-directory'

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\/([0-9a-f-]{36})$/

const invalid = (cause?: unknown): DomainError =>
  new DomainError(
    'input',
    'INVALID_INPUT',
    'This is not a cursor of this list. Take one from an edge, or begin without one.',
    {
      cause,
    },
  )

export const cursorOf = ({ lastActivityAt, id }: ListPosition): string =>
  Buffer.from(`${lastActivityAt.toISOString()}/${id}`).toString('base64url')

/** Throws `INVALID_INPUT` for any string that `cursorOf` does not create. */
export function positionOf(cursor: string): ListPosition {
  const [, at = '', id = ''] = shape.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const lastActivityAt = new Date(at)
  // Nothing happened before 1970, and PostgreSQL knows no year 0.
  if (!(lastActivityAt.getTime() >= 0)) throw invalid()
  try {
    const position = { lastActivityAt, id: conversationId(id) }
    if (cursorOf(position) === cursor) return position
  } catch (error) {
    throw invalid(error)
  }
  throw invalid()
}
