import type { EmojiEntry } from '../../lib/emoji/emoji-data'

export interface Section {
  readonly id: string
  readonly name: string
  readonly entries: readonly EmojiEntry[]
}

export type GridRow =
  | { readonly kind: 'title'; readonly section: string; readonly name: string }
  | { readonly kind: 'emoji'; readonly section: string; readonly entries: readonly EmojiEntry[] }

/** A cell of the grid: the index of its row among all rows, and its column. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** Each section begins with its title; empty ones are left out. */
export function rowsOf(sections: readonly Section[], columns: number): readonly GridRow[] {
  return sections
    .filter(({ entries }) => entries.length > 0)
    .flatMap(({ id, name, entries }) => [
      { kind: 'title' as const, section: id, name },
      ...Array.from({ length: Math.ceil(entries.length / columns) }, (_, index) => ({
        kind: 'emoji' as const,
        section: id,
        entries: entries.slice(index * columns, (index + 1) * columns),
      })),
    ])
}

export const entryAt = (rows: readonly GridRow[], { row, column }: Cell): EmojiEntry | undefined => {
  const found = rows[row]
  return found?.kind === 'emoji' ? found.entries[column] : undefined
}

/** The first cell at or after a row; null when there is none. */
export function firstCell(rows: readonly GridRow[], from = 0): Cell | null {
  const row = rows.findIndex(({ kind }, index) => index >= from && kind === 'emoji')
  return row === -1 ? null : { row, column: 0 }
}

const pageRows = 5

/**
 * Where a key leads from a cell; null when it leads out of the grid, above its first row. The same cell when it leads nowhere,
 * and undefined for a key that is none of the grid's.
 */
export function moved(rows: readonly GridRow[], cell: Cell, key: string): Cell | null | undefined {
  const lines = rows.flatMap((row, index) => (row.kind === 'emoji' ? [{ index, length: row.entries.length }] : []))
  const at = lines.findIndex(({ index }) => index === cell.row)
  const line = (to: number, column: number): Cell | null => {
    const found = lines[Math.min(to, lines.length - 1)]
    return to < 0 || found === undefined ? null : { row: found.index, column: Math.min(column, found.length - 1) }
  }
  const last = (lines[at]?.length ?? 1) - 1
  switch (key) {
    case 'ArrowRight':
      if (cell.column < last) return { ...cell, column: cell.column + 1 }
      return at === lines.length - 1 ? cell : line(at + 1, 0)
    case 'ArrowLeft':
      if (cell.column > 0) return { ...cell, column: cell.column - 1 }
      return at === 0 ? cell : line(at - 1, Infinity)
    case 'ArrowDown':
      return line(at + 1, cell.column)
    case 'ArrowUp':
      return line(at - 1, cell.column)
    case 'PageDown':
      return line(at + pageRows, cell.column)
    case 'PageUp':
      return line(Math.max(0, at - pageRows), cell.column)
    case 'Home':
      return { ...cell, column: 0 }
    case 'End':
      return { ...cell, column: last }
    default:
      return undefined
  }
}
