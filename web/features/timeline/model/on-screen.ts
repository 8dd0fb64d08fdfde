import type { LineRange } from './reading-progress'
import { lineOfRow, type Row } from './rows'

/** What a list knows of its rows, in pixels from its own beginning. */
interface Heights {
  offset(index: number): number
  size(index: number): number
}

/** A part of the list, in the same pixels. */
interface Part {
  readonly from: number
  readonly to: number
}

/** Of a row, or of the window where that is smaller: whoever sees so much of it has seen it. */
const enough = 0.6

/** The lines of which most is to be seen. `firstIndex`: a row at or before the first of them. */
export function linesOnScreen(
  rows: readonly Row[],
  heights: Heights,
  { from, to }: Part,
  firstIndex = 0,
): LineRange | null {
  const lines: number[] = []
  for (let index = firstIndex; index < rows.length; index += 1) {
    const [row, top, size] = [rows[index], heights.offset(index), heights.size(index)]
    if (row === undefined || top >= to) break
    const line = lineOfRow(row)
    const seen = Math.min(top + size, to) - Math.max(top, from)
    if (line === null || seen < enough * Math.min(size, to - from)) continue
    lines.push(line)
  }
  const [first, last] = [lines[0], lines.at(-1)]
  return first === undefined || last === undefined ? null : { first, last }
}

/** The first row with a line after this one; -1 when there is none. */
export const rowAfterLine = (rows: readonly Row[], line: number): number =>
  rows.findIndex((row) => (lineOfRow(row) ?? 0) > line)
