/** A text that a message has or had; `number` counts from 1, the one that was sent. */
export interface Version {
  readonly number: number
  readonly text: string
  readonly at: string
}

/** The known versions of a message: the newest ones, ascending and without a gap. */
export interface Versions {
  readonly known: readonly Version[]
  readonly hasEarlier: boolean
}

/** With a page of those before: a page that was asked for twice changes nothing. */
export const withEarlier = ({ known }: Versions, page: Versions): Versions => {
  const first = known[0]?.number ?? Infinity
  return { known: [...page.known.filter(({ number }) => number < first), ...known], hasEarlier: page.hasEarlier }
}

/** With those that were made since. */
export const withLater = ({ known, hasEarlier }: Versions, page: Versions): Versions => {
  const last = known.at(-1)?.number ?? 0
  return { known: [...known, ...page.known.filter(({ number }) => number > last)], hasEarlier }
}

/** A version, and the text that it replaced. */
export interface ShownVersion extends Version {
  /** Null for the text that was sent. */
  readonly before: string | null
}

/** The newest first. One whose predecessor is not known yet is not shown yet. */
export const shownVersions = ({ known, hasEarlier }: Versions): readonly ShownVersion[] =>
  known
    .map((version, index) => ({ ...version, before: known[index - 1]?.text ?? null }))
    .slice(hasEarlier ? 1 : 0)
    .toReversed()
