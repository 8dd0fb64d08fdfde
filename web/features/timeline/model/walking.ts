import type { Row } from './rows'

/**
 * The index of the next message in a direction, from a row or from the edge of what is seen; -1 when there is none.
 * Days and other lines are passed over.
 */
export function nextMessage(rows: readonly Row[], from: number, step: 1 | -1): number {
  for (let index = from + step; index >= 0 && index < rows.length; index += step)
    if (rows[index]?.kind === 'message') return index
  return -1
}
