import type { LineEvent } from './events'
import type { Lines } from './lines'

/** What the server has counted. */
export interface ToldReading {
  readonly readLine: number
  readonly unreadCount: number
}

interface Input {
  /** The latest count of the server; null while there is none. */
  readonly told: ToldReading | null
  /** Read on this device, with all before it. */
  readonly through: number
  /** The last line of the list, which may be far from those that are loaded. */
  readonly lastLine: number
  /** The loaded lines, of several ranges. */
  readonly loaded: readonly Lines[]
  readonly viewerId: string
}

/** How many lines of others are unread: the count of the server, without those that were read since it was told. */
export function unreadCount({ told, through, lastLine, loaded, viewerId }: Input): number {
  if (through >= lastLine) return 0
  const ownIn = (after: number, upTo: number) => {
    const isOwn = ({ line, actor }: LineEvent) => line > after && line <= upTo && actor.id === viewerId
    // Ranges may overlap.
    return new Set(
      loaded.flatMap((lines) =>
        lines
          .toArray()
          .filter(isOwn)
          .map(({ line }) => line),
      ),
    ).size
  }
  const othersIn = (after: number, upTo: number) => Math.max(0, upTo - after - ownIn(after, upTo))
  return told === null ? othersIn(through, lastLine) : Math.max(0, told.unreadCount - othersIn(told.readLine, through))
}
