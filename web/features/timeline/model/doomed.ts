import { type Message, messageOf } from './events'
import type { Lines } from './lines'

/** A message that the viewer may be about to delete. Not a copy of it: somebody else may delete it meanwhile. */
export interface Doomed {
  readonly messageId: string
  /** In the list in which it was chosen. */
  readonly line: number | null
  /** The thread in whose list it was chosen; null for the list of the conversation. */
  readonly threadId: string | null
  /** The viewer wrote it; otherwise they delete it as a moderator. */
  readonly own: boolean
}

/** The message that the viewer is asked about, as it is in these lines; null when it is not there any more. */
export function doomedIn(lines: Lines, asked: Doomed | null): Message | null {
  const event = asked === null || asked.line === null ? undefined : lines.at(asked.line)
  const message = event === undefined ? null : messageOf(event)
  return message !== null && message.id === asked?.messageId && message.deletedAt === null ? message : null
}
