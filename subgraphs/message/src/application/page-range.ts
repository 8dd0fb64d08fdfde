import { DomainError } from '@parley/kernel/errors'
import type { MessageId } from '@parley/kernel/ids'

export const maxPage = 100
const usualPage = 50

/** What a page may be asked by: at most one place, and at most one size. Null and absent are the same. */
export interface PageRange {
  readonly before?: number | null
  readonly after?: number | null
  readonly around?: number | null
  readonly aroundMessage?: MessageId | null
  readonly aroundDate?: Date | null
  readonly aroundUnread?: boolean | null
  readonly first?: number | null
  readonly last?: number | null
}

/** By lines alone: what any list that is read by its lines may be asked by. */
export type ListRange = Pick<PageRange, 'before' | 'after' | 'around' | 'first' | 'last'>

/** By lines, or around a reply. */
export type ThreadRange = ListRange & Pick<PageRange, 'aroundMessage'>

/** Where a page is. The line of `around` may still have to be found. */
export type Place =
  | { readonly kind: 'end' }
  | { readonly kind: 'before' | 'after' | 'around'; readonly line: number }
  | { readonly kind: 'message'; readonly id: MessageId }
  | { readonly kind: 'date'; readonly date: Date }
  | { readonly kind: 'unread' }

export interface Slice {
  readonly place: Place
  /** The number of lines. */
  readonly size: number
}

/** Throws INVALID_INPUT for two places, for two sizes, and for what no conversation has. */
export function sliceOf(range: PageRange): Slice {
  const places = placesIn(range)
  if (places.length > 1)
    throw invalid(
      'Ask for one place at a time: before, after, or around a line, a message, a date or the first unread.',
    )
  const place = places[0] ?? { kind: 'end' }
  const { first = null, last = null } = range
  if (first !== null && last !== null) throw invalid('Say how many lines by first or by last, not by both.')
  if (first !== null && place.kind !== 'after') throw invalid('first is for the lines after one: use last.')
  if (last !== null && place.kind === 'after') throw invalid('last is not for the lines after one: use first.')
  const size = first ?? last ?? usualPage
  if (size < 1 || size > maxPage) throw invalid(`Ask for 1 to ${maxPage} lines at a time.`)
  return { place, size }
}

function placesIn(range: PageRange): readonly Place[] {
  const { before = null, after = null, around = null, aroundMessage: id = null, aroundDate: date = null } = range
  return [
    ...(before === null ? [] : [{ kind: 'before', line: countedFrom(1, before) } as const]),
    ...(after === null ? [] : [{ kind: 'after', line: countedFrom(0, after) } as const]),
    ...(around === null ? [] : [{ kind: 'around', line: countedFrom(1, around) } as const]),
    ...(id === null ? [] : [{ kind: 'message', id } as const]),
    ...(date === null ? [] : [{ kind: 'date', date } as const]),
    ...(range.aroundUnread === true ? [{ kind: 'unread' } as const] : []),
  ]
}

function countedFrom(least: number, line: number): number {
  if (line < least) throw invalid('Lines are counted from 1: there is none before that.')
  return line
}

/** The lines `from ≤ line ≤ to`. */
export interface LineRange {
  readonly from: number
  readonly to: number
}

export const linesIn = ({ from, to }: LineRange): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

export const isWithin = ({ from, to }: LineRange, line: number | null): line is number =>
  line !== null && line >= from && line <= to

/** The lines of a page of a list with this many lines, at a place that needs not be found. */
export function linesAt(place: Place, size: number, lines: number): LineRange {
  if (place.kind === 'after') return linesAfter(place.line, size, lines)
  if (place.kind === 'around') return linesAround(Math.min(place.line, lines), size, lines)
  return linesBefore(place.kind === 'before' ? place.line : lines + 1, size, lines)
}

/** Of a conversation with this many lines. Places beyond its end mean its end. */
export function linesBefore(line: number, size: number, lines: number): LineRange {
  const to = Math.min(line, lines + 1) - 1
  return { from: Math.max(1, to + 1 - size), to }
}

export function linesAfter(line: number, size: number, lines: number): LineRange {
  const from = Math.min(line, lines) + 1
  return { from, to: Math.min(lines, from + size - 1) }
}

/** The line in the middle, as far as there are lines on both sides: a page near an end is as long as others. */
export function linesAround(line: number, size: number, lines: number): LineRange {
  const from = Math.max(1, Math.min(line - Math.floor(size / 2), lines + 1 - size))
  return { from, to: Math.min(lines, from + size - 1) }
}

const invalid = (message: string): DomainError => new DomainError('input', 'INVALID_INPUT', message)
