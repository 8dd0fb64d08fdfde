import type { KnownReading } from './timeline-source'

export interface DividerState {
  /** The line after which it stands; null for none. */
  readonly after: number | null
  readonly opened: KnownReading | null
  /** The last line while somebody was there. */
  readonly lastLine: number
}

export const noDivider: DividerState = { after: null, opened: null, lastLine: 0 }

interface News {
  readonly opened: KnownReading | null
  readonly lastLine: number
  /** The line up to which it is read. */
  readonly through: number
  readonly isThere: boolean
}

/**
 * It is set where what is unread begins when a list is opened, and stays there whatever is read, written or changed. It
 * comes anew when something arrives while nobody looks at a list that was read to its end.
 */
export function nextDivider(state: DividerState, { opened, lastLine, through, isThere }: News): DividerState {
  if (opened === null) return state
  if (opened !== state.opened) {
    const after = state.after ?? (opened.hasUnread ? opened.readLine : null)
    return { after, opened, lastLine: state.opened === null ? lastLine : state.lastLine }
  }
  if (lastLine <= state.lastLine) return state
  if (isThere) return { ...state, lastLine }
  const after = through >= state.lastLine ? state.lastLine : (state.after ?? through)
  return after === state.after ? state : { ...state, after }
}
