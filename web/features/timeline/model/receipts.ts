/** How far another member has read. */
export interface ReadPosition {
  readonly readLine: number
  /** The line of their joining: what came before it they have not been shown. */
  readonly sinceLine: number
}

export type ReadPositions = ReadonlyMap<string, ReadPosition>

export interface ReadPositionsFrame {
  readonly isWhole: boolean
  readonly positions: readonly (ReadPosition & { readonly userId: string })[]
  readonly goneIds: readonly string[]
}

export const noPositions: ReadPositions = new Map()

export function positionsAfter(
  known: ReadPositions,
  { isWhole, positions, goneIds }: ReadPositionsFrame,
): ReadPositions {
  if (!isWhole && positions.length === 0 && goneIds.length === 0) return known
  const next = new Map(isWhole ? [] : known)
  for (const id of goneIds) next.delete(id)
  for (const { userId, readLine, sinceLine } of positions) next.set(userId, { readLine, sinceLine })
  return next
}

/** Who has seen the message in this line; nobody for one that is in no line. */
export const readersOf = (positions: ReadPositions, line: number | null): readonly string[] =>
  line === null
    ? []
    : [...positions].flatMap(([id, { readLine, sinceLine }]) => (readLine >= line && sinceLine < line ? [id] : []))

/** How far a message of the viewer has come. */
export interface Delivery {
  readonly isSeen: boolean
  readonly label: string
}

/** `others`: the members of the conversation beside the viewer. */
export function deliveryOf(readers: number, others: number): Delivery {
  if (readers === 0) return { isSeen: false, label: 'Sent' }
  if (others <= 1) return { isSeen: true, label: 'Seen' }
  return { isSeen: true, label: readers >= others ? 'Seen by everybody' : `Seen by ${readers} of ${others}` }
}
