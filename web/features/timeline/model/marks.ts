import { isPressed, type Press } from '../../../lib/keys/chord'

export type KeyMark = 'bold' | 'italic' | 'code'

/** What of a text is replaced, and what is selected afterwards. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly selection: readonly [start: number, end: number]
}

/** Each with Ctrl, on a Mac with Command. */
export const markKeys: readonly { readonly key: string; readonly mark: KeyMark; readonly words: string }[] = [
  { key: 'b', mark: 'bold', words: 'Bold' },
  { key: 'i', mark: 'italic', words: 'Italic' },
  { key: 'e', mark: 'code', words: 'Code' },
]
const edges: Readonly<Record<KeyMark, string>> = { bold: '**', italic: '*', code: '`' }
/** How many of its characters make a mark: three asterisks are bold and italic. */
const lengths: Readonly<Record<KeyMark, readonly number[]>> = { bold: [2, 3], italic: [1, 3], code: [1] }

/** Ctrl+B, Ctrl+I and Ctrl+E; on a Mac with Command, since Ctrl+B and Ctrl+E move the caret there. */
export function markOfKey(press: Press, isMac: boolean): KeyMark | null {
  return markKeys.find(({ key }) => isPressed({ key, mod: true }, press, isMac))?.mark ?? null
}

/** Marks what is selected, or removes the mark that is there. With nothing selected, the caret stands between the marks. */
export function toggledMark(text: string, selection: readonly [number, number], mark: KeyMark): Replacement {
  const [start, end] = withoutSpace(text, selection)
  const selected = text.slice(start, end)
  const edge = edges[mark]
  const { length } = edge
  const isMark = (count: number) => lengths[mark].includes(count)
  if (isMark(edgeLength(text, start, end, edge))) {
    return { from: start - length, to: end + length, insert: selected, selection: [start - length, end - length] }
  }
  const inner = innerEdgeLength(selected, edge)
  if (isMark(inner) && selected.length > 2 * length) {
    const insert = selected.slice(length, -length)
    return { from: start, to: end, insert, selection: [start, start + insert.length] }
  }
  if (mark === 'code' && selected.includes('\n')) return fenced(text, start, end)
  return { from: start, to: end, insert: edge + selected + edge, selection: [start + length, end + length] }
}

/** A mark beside a space is none. */
function withoutSpace(text: string, [from, to]: readonly [number, number]): readonly [number, number] {
  const selected = text.slice(from, to)
  if (selected.trim() === '') return [to, to]
  return [from + selected.length - selected.trimStart().length, to - selected.length + selected.trimEnd().length]
}

/** How many characters of a mark stand around a part, as many on both sides. */
function edgeLength(text: string, start: number, end: number, edge: string): number {
  const character = edge.charAt(0)
  let count = 0
  while (text.charAt(start - 1 - count) === character && text.charAt(end + count) === character) count += 1
  return count
}

/** How many stand within it, at both of its ends. */
function innerEdgeLength(selected: string, edge: string): number {
  const character = edge.charAt(0)
  let count = 0
  while (
    count < selected.length / 2 &&
    selected.charAt(count) === character &&
    selected.charAt(selected.length - 1 - count) === character
  )
    count += 1
  return count
}

/** Several lines are code between backquotes on lines of their own. */
function fenced(text: string, start: number, end: number): Replacement {
  const before = start === 0 || text.charAt(start - 1) === '\n' ? '```\n' : '\n```\n'
  const after = end === text.length || text.charAt(end) === '\n' ? '\n```' : '\n```\n'
  const from = start + before.length
  return {
    from: start,
    to: end,
    insert: before + text.slice(start, end) + after,
    selection: [from, from + end - start],
  }
}
