/** What is verified; each is a line of the report. */
export const driftKinds = [
  'log',
  'messages',
  'threads',
  'pins',
  'heads',
  'unread',
  'mentions',
  'thread positions',
  'bookmarks',
] as const

export type DriftKind = (typeof driftKinds)[number]

/** What is shown of each kind: ids and names of fields, never texts. */
const maxExamples = 5
/** A message that many events are about is looked at in several ranges of the log, and counted once. */
const maxRemembered = 10_000

interface Found {
  checked: number
  drifted: number
  readonly examples: string[]
  readonly ids: Set<string>
}

/** Counts what was checked and what has drifted. */
export class DriftReport {
  readonly #found = new Map<DriftKind, Found>(
    driftKinds.map((kind) => [kind, { checked: 0, drifted: 0, examples: [], ids: new Set() }]),
  )

  get drifted(): number {
    return driftKinds.reduce((sum, kind) => sum + this.#of(kind).drifted, 0)
  }

  checked(kind: DriftKind, count: number): void {
    this.#of(kind).checked += count
  }

  drift(kind: DriftKind, id: string, what: string): void {
    const found = this.#of(kind)
    if (found.ids.has(id)) return
    if (found.ids.size < maxRemembered) found.ids.add(id)
    found.drifted += 1
    if (found.examples.length < maxExamples) found.examples.push(`${id} (${what})`)
  }

  driftedOf(kind: DriftKind): number {
    return this.#of(kind).drifted
  }

  /** A line for each kind. */
  lines(): readonly string[] {
    return driftKinds.map((kind) => {
      const { checked, drifted, examples } = this.#of(kind)
      const counts = `${checked.toLocaleString('en')} checked, ${drifted.toLocaleString('en')} drifted`
      return `${kind.padEnd(16)} ${counts}${examples.length === 0 ? '' : `: ${examples.join(', ')}`}`
    })
  }

  #of(kind: DriftKind): Found {
    const found = this.#found.get(kind)
    if (found === undefined) throw new Error(`There is no ${kind}`)
    return found
  }
}
