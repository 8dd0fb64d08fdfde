import type { Mark } from './tree'

/** One to three equal characters that may begin or end marks. */
export interface Run {
  readonly kind: 'run'
  readonly character: string
  readonly at: number
  /** How many of its characters are of no mark yet. */
  rest: number
  /** The marks that begin here and those that end here, the inner ones first. */
  readonly begins: Mark[]
  readonly ends: Mark[]
}

export interface Bracket {
  readonly kind: 'bracket'
  /** Where its label begins. */
  readonly label: number
  /** Set when it begins a link. */
  href: string | null
}

/**
 * What has begun and may still end. Everything is pushed and dropped at most three times, and the last one of a kind is found at
 * once: all searches in a text together take time linear in its length.
 */
export class Openers {
  readonly #all: (Run | Bracket)[] = []
  /** By character and length of the mark that they may begin: three asterisks may begin either. */
  readonly #runs = new Map<string, Run[]>()
  readonly #brackets: Bracket[] = []

  push(opener: Run | Bracket): void {
    this.#all.push(opener)
    if (opener.kind === 'bracket') this.#brackets.push(opener)
    else for (const length of lengthsOf(opener)) this.#runsOf(opener.character, length).push(opener)
  }

  /** The last run that begins what a run may end: one asterisk does not end two. */
  beginningOf(run: Run): Run | undefined {
    const [first, second] = lengthsOf(run).map((length) => this.#runsOf(run.character, length).at(-1))
    return (first?.at ?? -1) > (second?.at ?? -1) ? first : (second ?? first)
  }

  /** The last bracket, which can begin nothing after this. */
  takeBracket(): Bracket | undefined {
    return this.#brackets.pop()
  }

  /** There are no links in links: the brackets around one begin none. */
  forgetBrackets(): void {
    this.#brackets.length = 0
  }

  /** Drops what began after an opener, because nothing may reach out of what has ended. Returns how many were dropped. */
  dropAfter(opener: Run | Bracket): number {
    let dropped = 0
    while (this.#all.length > 0 && this.#all.at(-1) !== opener) {
      this.drop()
      dropped += 1
    }
    return dropped
  }

  /** Drops the last opener. */
  drop(): void {
    const last = this.#all.pop()
    if (last?.kind === 'run') for (const length of lengthsOf(last)) this.#runsOf(last.character, length).pop()
    else if (last === this.#brackets.at(-1)) this.#brackets.pop()
  }

  #runsOf(character: string, length: number): Run[] {
    const key = `${character}${length}`
    const runs = this.#runs.get(key) ?? []
    this.#runs.set(key, runs)
    return runs
  }
}

/** Of the marks that a run may begin or end. */
const lengthsOf = ({ rest }: Run): number[] => (rest === 3 ? [1, 2] : rest === 0 ? [] : [rest])
