import { Store } from '../../../lib/store'

/** The lines `first ≤ line ≤ last`. */
export interface LineRange {
  readonly first: number
  readonly last: number
}

interface Progress {
  /** The last line that is read, with all before it. */
  readonly through: number
  /** The lower end of what was on the screen when somebody last looked, or of what they have passed over. */
  readonly lastShown: number
  /** What is on the screen, seen or not; null before the first look. */
  readonly onScreen: LineRange | null
  /** As of the last look: what has just arrived is not behind before there was time to show it. */
  readonly isBehind: boolean
  /** It was marked as unread elsewhere: what has been on the screen since then does not read it again. */
  readonly isStale: boolean
}

interface Start {
  readonly readLine: number
  /** The last line that was seen in another way; what is read, when something is unread. */
  readonly lastShown: number
}

/** What is on the screen, and whether somebody sees it. */
interface Look {
  readonly onScreen: LineRange | null
  readonly isSeen: boolean
  readonly lastLine: number
}

/**
 * How far a list is read: without a gap from the read position of the server on, through all lines that were on the
 * screen. What was passed over is not read, and what was seen beyond it counts when it has been seen as well.
 */
export class ReadingProgress extends Store<Progress> {
  #shown: readonly LineRange[] = []
  #lastLine = 0
  /** Null until it is known. */
  #revision: number | null = null

  constructor({ readLine, lastShown }: Start) {
    super({ through: readLine, lastShown, onScreen: null, isBehind: false, isStale: false })
  }

  /** The read position of the server, which only goes back in a higher revision. */
  learn(readLine: number, revision: number | null): void {
    const before = this.#revision ?? revision ?? 0
    const isUndone = (revision ?? before) > before
    if ((revision ?? before) < before) return
    this.#revision = revision ?? this.#revision
    if (isUndone) this.#shown = []
    const known = isUndone ? readLine : Math.max(readLine, this.get().through)
    this.#put({ through: throughOf(this.#shown, known), ...(isUndone && { isStale: true }) })
  }

  look({ onScreen, isSeen, lastLine }: Look): void {
    this.#lastLine = lastLine
    const counts = isSeen && !this.get().isStale && onScreen !== null
    if (counts) this.#shown = withRange(this.#shown, onScreen)
    this.#put({
      onScreen,
      through: throughOf(this.#shown, this.get().through),
      ...(counts && { lastShown: onScreen.last }),
    })
  }

  /** Who goes to the end does not want to see what is before it. */
  pass(line: number): void {
    this.#put({ lastShown: Math.max(line, this.get().lastShown) })
  }

  /** Who looks again sees anew what is there. */
  lookAway(): void {
    this.#put({ isStale: false })
  }

  /** All of it is read, because somebody says so. */
  finish(lastLine: number): void {
    this.#lastLine = Math.max(lastLine, this.#lastLine)
    this.#put({ through: Math.max(lastLine, this.get().through), isStale: false })
  }

  #put(change: Partial<Progress>): void {
    const before = this.get()
    const next = { ...before, ...change }
    const progress = {
      ...next,
      onScreen: isSameRange(next.onScreen, before.onScreen) ? before.onScreen : next.onScreen,
      isBehind: next.through < this.#lastLine,
    }
    const isChanged = (Object.keys(progress) as (keyof Progress)[]).some((key) => progress[key] !== before[key])
    if (isChanged) this.set(progress)
  }
}

/** Ascending, without ranges that touch. */
function withRange(ranges: readonly LineRange[], { first, last }: LineRange): readonly LineRange[] {
  const apart = ranges.filter((range) => range.last < first - 1 || range.first > last + 1)
  const joined = ranges.filter((range) => !apart.includes(range))
  const whole = {
    first: Math.min(first, ...joined.map((range) => range.first)),
    last: Math.max(last, ...joined.map((range) => range.last)),
  }
  return [...apart, whole].sort((one, other) => one.first - other.first)
}

/** The end of what was shown right after a line that is read; that line when it was not shown. */
const throughOf = (ranges: readonly LineRange[], readLine: number): number =>
  ranges.find(({ first, last }) => first <= readLine + 1 && last > readLine)?.last ?? readLine

const isSameRange = (one: LineRange | null, other: LineRange | null): boolean =>
  one?.first === other?.first && one?.last === other?.last
