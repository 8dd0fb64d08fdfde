import { backoff } from '../../../lib/backoff'
import type { Failure } from '../../../lib/graphql/errors'
import { failureOf, isTemporary } from '../../../lib/graphql/errors'
import { Store } from '../../../lib/store'
import type { Message, TimelineEvent } from './events'
import { type KeptPages, lastPage } from './kept-page'
import { idle, pageSize, type Place, Reading, type ReadingPorts, type ReadingState } from './reading'
import type { KnownReading, TimelineSource } from './timeline-source'
import type { TimelineAction, TimelineState } from './timeline-state'
import { emptyTimeline, isBehind, missingLines, timelineReducer } from './timeline-state'

/** The server sends a heartbeat every 5 s; two missed ones and some slack mean that the stream is mute. */
const silenceLimit = 12_000
/** How long events that are known to exist may be in flight. */
const inFlightLimit = 1_500
/** How long a stream may take to deliver missing events before it is reopened. */
const replayPause = 5_000
/** If more events are missing, the latest page is loaded instead of all of them. */
const replayLimit = 500
/** How long what this device has kept waits for the server, when more is known to have happened since. */
const keptPatience = 800
/** How long the end that this device has kept waits for the first unread line, which it has not kept. */
const unreadPatience = 2_500
/** How many lines of a conversation that is not open stay in memory. */
const keptLines = 200

export interface TimelineSnapshot extends ReadingState {
  readonly state: TimelineState
  readonly phase: 'loading' | 'ready' | 'gone' | 'failed'
  readonly failure: Failure | null
  /** False from the end or the silence of the stream to the next frame. */
  readonly live: boolean
  /** How far the viewer had read when the conversation was opened; null until it is known, and where to open with it. */
  readonly opened: KnownReading | null
}

/**
 * Keeps one conversation's timeline up to date: loads, follows, detects gaps and silence, and fetches missing events.
 */
export class TimelineStore extends Store<TimelineSnapshot> {
  #stopStream: (() => void) | null = null
  #watchdog: ReturnType<typeof setInterval> | undefined
  #lateTimer: ReturnType<typeof setTimeout> | undefined
  #restartTimer: ReturnType<typeof setTimeout> | undefined
  #restart: (() => void) | null = null
  #followedAt = 0
  #lastFrameAt = 0
  #failures = 0
  #filling = false
  #open = false
  /** What was kept on the device last. */
  #kept: TimelineState = emptyTimeline
  /** Moves through the history, away from the end and back. */
  readonly reading: Reading

  constructor(
    readonly conversationId: string,
    private readonly source: TimelineSource,
    /** Absent for what is not kept on the device. */
    private readonly pages?: KeptPages,
    /** Where the viewer stood in it; null for the end. */
    place: Place | null = null,
  ) {
    super({ state: emptyTimeline, phase: 'loading', failure: null, live: true, opened: null, ...idle })
    const ports: ReadingPorts = {
      history: (place, count) => source.history(conversationId, place, count),
      isReady: () => this.#open && this.get().phase === 'ready',
      get: this.get,
      patch: (change) => this.#patch(change),
      dispatch: (action) => this.#dispatch(action),
    }
    this.reading = new Reading(ports, place)
  }

  /** Starts to follow; the known state is shown at once and the stream resumes from it. */
  open(): void {
    if (this.#open) return
    this.#open = true
    this.#watchdog = setInterval(() => this.#watch(), 2_000)
    if (this.get().state.loaded) {
      this.#follow()
      const known = this.source.reading(this.conversationId)
      if (known !== null) this.#begin(known)
    } else void this.#showKept()
    this.reading.begin()
    void this.#loadLatest()
  }

  get isOpen(): boolean {
    return this.#open
  }

  close(): void {
    this.keep()
    this.#open = false
    this.reading.end()
    if (this.reading.place === null) this.#dispatch({ type: 'trimmed', to: 'later', keep: keptLines })
    // The next opening must not use this opening's read position: it is fetched again.
    this.#patch({ opened: null, live: true })
    this.#restart = null
    clearInterval(this.#watchdog)
    clearTimeout(this.#lateTimer)
    clearTimeout(this.#restartTimer)
    this.#unfollow()
  }

  /** An event that did not come over the stream: the answer to a send. */
  receive(event: TimelineEvent): void {
    this.#dispatch({ type: 'events-arrived', events: [event] })
    this.#catchUp()
  }

  /** A state of a message that did not come with an event. */
  learn(message: Message): void {
    this.#dispatch({ type: 'message-learned', message })
  }

  /** Retries after a failure that was shown. */
  retry(): void {
    this.#patch({ phase: this.get().state.loaded ? 'ready' : 'loading', failure: null })
    void this.#loadLatest()
  }

  /** Does waiting retries now. */
  hurry(): void {
    clearTimeout(this.#restartTimer)
    this.#restart?.()
    this.reading.hurry()
  }

  /** Keeps its end on the device, if that has changed. */
  keep(): void {
    const { state } = this.get()
    const isKept = state.lines === this.#kept.lines && state.cursor === this.#kept.cursor
    if (this.pages === undefined || isKept) return
    const page = lastPage(state)
    if (page === null) return
    this.#kept = state
    this.pages.keep(this.conversationId, page)
  }

  /** The end as this device has kept it, until the server answers. */
  async #showKept(): Promise<void> {
    const isWanted = () => this.#open && !this.get().state.loaded && this.get().phase !== 'gone'
    const kept = (await this.pages?.read(this.conversationId)) ?? null
    if (kept?.isCurrent === false) await new Promise((resolve) => setTimeout(resolve, keptPatience))
    if (kept === null || !isWanted()) return
    this.#dispatch({ type: 'page-arrived', page: kept.page })
    this.#kept = this.get().state
    this.#beginKept()
    this.#patch({ phase: 'ready', failure: null })
    this.#follow()
    this.reading.begin()
  }

  /** Where the first unread line is not on the device, the server is waited for, but not for long. */
  #beginKept(): void {
    const { lines } = this.get().state
    const end = { readLine: lines.last, hasUnread: false }
    const known = this.source.reading(this.conversationId) ?? end
    const first = known.readLine + 1
    const isHere = !known.hasUnread || lines.at(first) !== undefined || first > lines.last
    if (isHere) this.#begin(known)
    else setTimeout(() => this.#open && this.#begin(end), unreadPatience)
  }

  async #loadLatest(): Promise<void> {
    const asked = this.get().state.cursor
    try {
      const { page, readLine } = await this.source.history(this.conversationId, {}, pageSize)
      const { loaded, cursor } = this.get().state
      const far = loaded && page.headSeq - cursor > replayLimit
      // What the stream has brought since is in no answer from before it.
      const shrunk = page.headSeq < asked
      const reading = { readLine, hasUnread: readLine < (page.events.at(-1)?.line ?? 0) }
      if (far && reading.hasUnread) this.reading.placeAtUnread(readLine + 1)
      if (far || shrunk) await this.reading.replace(page)
      else this.#dispatch({ type: 'page-arrived', page })
      // With the place first, so that nothing is shown before.
      this.#begin(reading)
      this.#patch({ phase: 'ready', failure: null })
      this.#failures = 0
      if (this.#open && (far || this.#stopStream === null)) this.#follow()
      this.reading.begin()
      this.#catchUp()
    } catch (error) {
      this.#failed(failureOf(error))
    }
  }

  /** From the first answer: later ones include what was read meanwhile. What was known before it may have been older. */
  #begin(reading: KnownReading): void {
    const { opened } = this.get()
    if (opened !== null && (opened.hasUnread || !reading.hasUnread || reading.readLine < opened.readLine)) return
    if (opened === null && reading.hasUnread) this.reading.openAtUnread(reading.readLine + 1)
    else if (opened === null) this.reading.openAtPlace()
    this.#patch({ opened: reading })
  }

  #failed(failure: Failure): void {
    if (failure.code === 'NOT_FOUND' || failure.code === 'FORBIDDEN') {
      this.#patch({ phase: 'gone', failure })
      this.pages?.forget(this.conversationId)
      this.#unfollow()
      return
    }
    const { lines, loaded } = this.get().state
    // What is there is shown while nothing more can be.
    if (loaded) this.#begin({ readLine: lines.last, hasUnread: false })
    else this.#patch({ phase: 'failed', failure })
    this.#later(() => void this.#loadLatest())
  }

  #later(action: () => void): void {
    clearTimeout(this.#restartTimer)
    if (!this.#open) return
    this.#restart = () => {
      this.#restart = null
      action()
    }
    this.#restartTimer = setTimeout(this.#restart, backoff(this.#failures++))
  }

  #follow(): void {
    this.#unfollow()
    this.#followedAt = Date.now()
    this.#lastFrameAt = Date.now()
    let current = true
    const stop = this.source.follow(this.conversationId, () => this.get().state.cursor, {
      frame: (frame) => {
        if (!current) return
        this.#lastFrameAt = Date.now()
        this.#failures = 0
        this.#patch({ live: true })
        this.#dispatch({ type: 'frame-arrived', frame })
        this.#catchUp()
      },
      ended: (failure) => {
        if (!current) return
        this.#unfollow()
        this.#patch({ live: false })
        if (failure === null || failure.code !== 'CURSOR_AHEAD') this.#later(() => this.#resume(failure))
        else void this.#loadLatest()
      },
    })
    this.#stopStream = () => {
      current = false
      stop()
    }
  }

  /** After a permanent error a page is read first: it shows whether the viewer can still see the conversation. */
  #resume(failure: Failure | null): void {
    if (failure === null || isTemporary(failure)) this.#follow()
    else void this.#loadLatest()
  }

  #unfollow(): void {
    this.#stopStream?.()
    this.#stopStream = null
  }

  #watch(): void {
    this.keep()
    // Apart from what arrives, so that a list sees lines go and come at different times.
    this.reading.tidy()
    if (!this.source.connected()) {
      this.#lastFrameAt = Date.now()
      return
    }
    if (this.#stopStream === null || Date.now() - this.#lastFrameAt <= silenceLimit) return
    this.#patch({ live: false })
    this.#follow()
  }

  /** Missing lines are fetched at once; other missing events get a moment to arrive. */
  #catchUp(): void {
    const { state } = this.get()
    clearTimeout(this.#lateTimer)
    if (!state.loaded || !isBehind(state)) return
    if (missingLines(state) !== null) void this.#fill()
    else this.#lateTimer = setTimeout(() => void this.#fill(), inFlightLimit)
  }

  /** Fetches missing lines, known gaps first. */
  async #fill(): Promise<void> {
    if (this.#filling) return
    this.#filling = true
    try {
      let askedLatest = false
      while (this.#open && isBehind(this.get().state)) {
        const before = this.get().state
        const missing = missingLines(before)
        if (missing === null && askedLatest) break
        askedLatest ||= missing === null
        const last = Math.min(missing?.count ?? pageSize, pageSize)
        const place = missing === null ? {} : { before: missing.before }
        const { page } = await this.source.history(this.conversationId, place, last)
        this.#dispatch({ type: 'page-arrived', page })
        if (this.get().state === before) break
      }
      this.#replay()
    } catch {
      this.#lateTimer = setTimeout(() => this.#catchUp(), backoff(this.#failures++))
    } finally {
      this.#filling = false
    }
  }

  /** Events without a line are in no page: the stream delivers them again from the cursor. */
  #replay(): void {
    const isTired = Date.now() - this.#followedAt >= replayPause
    if (this.#open && isTired && this.#stopStream !== null && isBehind(this.get().state)) this.#follow()
  }

  #dispatch(action: TimelineAction): void {
    this.#patch({ state: timelineReducer(this.get().state, action) })
  }

  #patch(change: Partial<TimelineSnapshot>): void {
    const current = this.get()
    const changed = (Object.keys(change) as (keyof TimelineSnapshot)[]).some((key) => change[key] !== current[key])
    if (changed) this.set({ ...current, ...change })
  }
}
