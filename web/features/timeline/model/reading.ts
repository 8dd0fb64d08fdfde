import { backoff } from '../../../lib/backoff'
import { type Failure, failureOf } from '../../../lib/graphql/errors'
import { messageOf, type TimelinePage } from './events'
import type { Lines } from './lines'
import type { HistoryAnswer, HistoryPlace } from './timeline-source'
import { earlierThan, laterThan, readLines, type TimelineAction, type TimelineState } from './timeline-state'

export const pageSize = 50
/** The lines that are read are at most so many, whatever somebody scrolls through; beyond them, those at the other end go. */
const mostLines = 600
const keptLines = 400
/** A server that is behind what is known here is asked again so often. */
const maxAttempts = 3

/** A message or a line of the conversation, the first unread line, or the first line of a time. */
export type Destination =
  | { readonly messageId: string }
  | { readonly line: number }
  | { readonly unreadLine: number }
  | { readonly date: string }

/** Where one stands in a list that is not at its end: a line, and where it is below the upper edge, in pixels. */
export interface Place {
  readonly line: number
  readonly top: number
}

/** Of what was unread, the first line is so far below the upper edge, so that one sees what it follows on. */
export const contextTop = 120

/** Where the list is to be: a new object for each jump. */
export interface Target {
  readonly line: number
  /** The message that stands there; null for a place that is only shown. */
  readonly messageId: string | null
  /** The one that is looked for, and pointed out: a reply that is only in the thread of the message there. */
  readonly replyId?: string
  /** What was unread begins there. */
  readonly isUnread?: boolean
}

/** Where in the history somebody reads. */
export interface ReadingState {
  readonly loadingEarlier: boolean
  readonly loadingLater: boolean
  /** A jump is under way, or waits until the conversation is there. */
  readonly seeking: boolean
  /** Why the last jump did not arrive. */
  readonly missed: Failure | null
  readonly target: Target | null
  /** Changes when the lines that are shown are others than before, and not more or fewer of them. */
  readonly generation: number
}

export const idle: ReadingState = {
  loadingEarlier: false,
  loadingLater: false,
  seeking: false,
  missed: null,
  target: null,
  generation: 0,
}

export interface ReadingPorts {
  history(place: HistoryPlace, count: number): Promise<HistoryAnswer>
  isReady(): boolean
  get(): ReadingState & { readonly state: TimelineState }
  patch(change: Partial<ReadingState>): void
  dispatch(action: TimelineAction): void
}

/** Moves through the history of one conversation: on in both directions, to a place, and back to the end. */
export class Reading {
  /** A jump that waits until the conversation is there. */
  #waiting: Destination | null = null
  /** The latest jump: what others find is not shown. */
  #jump: Destination | null = null
  /** What ends the waits after failures. */
  readonly #waits = new Set<() => void>()
  #failures = 0
  /** The reader is at the bottom of what is read. */
  #isLow = true

  constructor(
    private readonly ports: ReadingPorts,
    /** Where the reader stands, or stood when they left; null for the end. */
    private standing: Place | null = null,
  ) {}

  get place(): Place | null {
    return this.standing
  }

  stand(place: Place | null): void {
    this.standing = place
  }

  /** The conversation is there. */
  begin(): void {
    this.hurry()
    const waiting = this.#waiting
    if (waiting === null || !this.ports.isReady()) return
    this.#waiting = null
    void this.jumpTo(waiting)
  }

  end(): void {
    this.#jump = null
    this.#isLow = this.standing === null
    this.#waiting = null
    this.hurry()
    // Who comes back finds it as it was.
    if (this.standing === null) this.ports.dispatch({ type: 'window-closed' })
    this.ports.patch({ seeking: false, missed: null, target: null })
  }

  /** Opens where one stood; one who was at the end, at the first unread line. Who goes elsewhere goes there. */
  openAtUnread(line: number): void {
    this.placeAtUnread(line)
    this.openAtPlace()
  }

  placeAtUnread(line: number): void {
    this.standing ??= { line, top: contextTop }
  }

  openAtPlace(): void {
    const { state } = this.ports.get()
    const { line } = this.standing ?? {}
    if (line === undefined || this.#jump !== null || this.#waiting !== null) return
    // The lines after the last one are on their way.
    const isHere = readLines(state).at(line) !== undefined || (state.window === null && line > state.lines.last)
    // Nobody has asked for it: without an answer it opens at the end of what is here.
    if (!isHere) void this.#seek({ line }, () => this.#renew(null)).then(() => this.forgetMissed())
  }

  async loadEarlier(): Promise<void> {
    const before = earlierThan(this.ports.get().state)
    if (before === null || this.ports.get().loadingEarlier || !this.ports.isReady()) return
    this.#trim('earlier')
    this.ports.patch({ loadingEarlier: true })
    await this.#load({ before })
    this.ports.patch({ loadingEarlier: false })
  }

  async loadLater(): Promise<void> {
    const after = laterThan(this.ports.get().state)
    if (after === null || this.ports.get().loadingLater || !this.ports.isReady()) return
    this.#trim('later')
    this.ports.patch({ loadingLater: true })
    await this.#load({ after })
    this.ports.patch({ loadingLater: false })
  }

  /** Shows a place, with lines that are here or are loaded. Resolves when it is shown, or `missed` says why it is not. */
  async jumpTo(destination: Destination): Promise<void> {
    this.#jump = destination
    this.hurry()
    if (!this.ports.isReady()) {
      this.#waiting = destination
      this.ports.patch({ seeking: true, missed: null })
      return
    }
    if (this.#showHeld(destination)) return
    await this.#seek(destination, (line) => this.#renew(targetIn(readLines(this.ports.get().state), line, destination)))
  }

  /** Back to the end. */
  showNewest(): void {
    this.#jump = null
    this.standing = null
    this.hurry()
    this.ports.patch({ seeking: false, missed: null, target: null })
    if (this.ports.get().state.window === null) return
    this.ports.dispatch({ type: 'window-closed' })
    this.#renew(null)
  }

  /** Whether the reader is at the bottom of what is read. */
  reached(isLow: boolean): void {
    this.#isLow = isLow
  }

  /** Drops what has become too much at the end, where nobody reads it. */
  tidy(): void {
    const { lines, window } = this.ports.get().state
    const isRead = window === null && !this.#isLow
    if (!isRead && countOf(lines) > mostLines) this.ports.dispatch({ type: 'end-trimmed', keep: keptLines })
  }

  /** Loads at once what waits after a failure. */
  hurry(): void {
    for (const done of this.#waits) done()
  }

  forgetMissed(): void {
    this.ports.patch({ missed: null })
  }

  /** After a long absence: the end is another one, and what is read stays. */
  async replace(page: TimelinePage): Promise<void> {
    const { window } = this.ports.get().state
    const middle = window === null ? null : Math.floor((window.lines.first + window.lines.last) / 2)
    const at = this.standing?.line ?? middle
    const around = at === null ? null : await this.ports.history({ around: at }, pageSize).catch(() => null)
    this.ports.dispatch({ type: 'replaced', page, window: around?.page ?? null })
    const isRead = at !== null && readLines(this.ports.get().state).at(at) !== undefined
    this.#renew(isRead && this.standing === null ? { line: at, messageId: null } : null)
  }

  async #seek(destination: Destination, show: (line: number) => void): Promise<void> {
    this.#jump = destination
    this.ports.patch({ seeking: true, missed: null })
    const missed = await this.#fetch(destination, show).catch(failureOf)
    if (this.#jump === destination) this.ports.patch({ seeking: false, missed })
  }

  /** Whether the place was among the lines that are here. */
  #showHeld(destination: Destination): boolean {
    const { state } = this.ports.get()
    for (const lines of [readLines(state), state.lines]) {
      const line = lineIn(lines, destination)
      if (line === null) continue
      const target = targetIn(lines, line, destination)
      this.#isLow = false
      this.ports.patch({ seeking: false, missed: null, target })
      if (lines !== readLines(state)) {
        this.ports.dispatch({ type: 'window-closed' })
        this.#renew(target)
      }
      return true
    }
    return false
  }

  async #fetch(destination: Destination, show: (line: number) => void): Promise<null> {
    for (let attempt = 1; ; attempt += 1) {
      const { page, aroundLine } = await this.ports.history(placeOf(destination), pageSize)
      if (this.#jump !== destination || aroundLine === null) return null
      this.ports.dispatch({ type: 'window-opened', page })
      const lines = readLines(this.ports.get().state)
      if (lines.at(aroundLine) !== undefined) {
        show(aroundLine)
        return null
      }
      if (attempt === maxAttempts) throw new Error('The server is behind what is known here')
    }
  }

  #renew(target: Target | null): void {
    this.#isLow = target === null && this.standing === null
    this.ports.patch({ target, generation: this.ports.get().generation + 1 })
  }

  /** After a failure it lasts until it may be asked again: the list asks as soon as nothing is being loaded. */
  async #load(place: HistoryPlace): Promise<void> {
    try {
      const { page } = await this.ports.history(place, pageSize)
      this.#failures = 0
      this.ports.dispatch({ type: 'page-arrived', page })
    } catch {
      await this.#wait(backoff(this.#failures++))
    }
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waits.delete(done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      this.#waits.add(done)
    })
  }

  #trim(to: 'earlier' | 'later'): void {
    if (countOf(readLines(this.ports.get().state)) > mostLines)
      this.ports.dispatch({ type: 'trimmed', to, keep: keptLines })
  }
}

const countOf = ({ first, last }: Lines): number => last - first + 1

function placeOf(destination: Destination): HistoryPlace {
  if ('line' in destination) return { around: destination.line }
  if ('unreadLine' in destination) return { around: destination.unreadLine }
  return 'date' in destination ? { aroundDate: destination.date } : { aroundMessage: destination.messageId }
}

/** The line of a place among these; null when it is not there. Where a time begins, only the server knows. */
function lineIn(lines: Lines, destination: Destination): number | null {
  if ('date' in destination) return null
  if ('line' in destination) return lines.at(destination.line) === undefined ? null : destination.line
  if ('unreadLine' in destination) return lines.at(destination.unreadLine) === undefined ? null : destination.unreadLine
  return lines.toArray().find((event) => messageOf(event)?.id === destination.messageId)?.line ?? null
}

/** A reply that is only in a thread is found at its root. */
function targetIn(lines: Lines, line: number, destination: Destination): Target {
  const event = lines.at(line)
  const message = event === undefined ? null : messageOf(event)
  if ('unreadLine' in destination) return { line, messageId: null, isUnread: true }
  const messageId = 'date' in destination ? null : (message?.id ?? null)
  const isReply = messageId !== null && 'messageId' in destination && destination.messageId !== messageId
  return { line, messageId, ...(isReply ? { replyId: destination.messageId } : {}) }
}
