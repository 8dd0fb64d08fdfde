import type { GraphQLFormattedError } from 'graphql'
import { type Clock, concernsViewer, type StreamLimits, type Viewer } from './frame'

type Errors = readonly GraphQLFormattedError[]

/** What an admission is for. */
export interface Guarded<V extends Viewer> {
  /** Everything up to here has been seen, and with it everybody who may not see more. */
  readonly position: number
  ask(viewer: V, after: number): Promise<Errors>
  refused(viewer: V, errors: Errors): void
}

/** A session that was admitted to a stream. */
interface Admission<V extends Viewer> {
  readonly stream: Guarded<V>
  /** With the newest token of the session. */
  viewer: V
  askedAt: number
  /** Nothing has happened since that could have ended it. */
  isSure: boolean
  /** How often something has happened that could have ended it: an older answer says nothing. */
  doubts: number
  /** Its open operations on this stream, and when there was the last one. */
  following: number
  leftAt: number
}

interface Question {
  readonly viewerId: string
  answer: Promise<Errors>
  /** The viewer was removed after it was asked. */
  isVoid: boolean
}

/** What is known of one stream. */
interface Book<V extends Viewer> {
  readonly admissions: Map<string, Admission<V>>
  readonly questions: Map<string, Question>
  /** When viewers were removed; only the latest matter. */
  readonly removals: Map<string, number>
}

/** An answer that a subgraph gives this soon after a removal may not know of it. */
const unsureMs = 5_000
const surelyKnownMs = 2_000
const firstRetryMs = 100
const longestRetryMs = 800

/**
 * Who may follow which stream. Each session is asked for once when it joins, and again now and then in the background. A
 * session that returns to a stream that has lived on is not asked for again: whoever is removed is named by a frame.
 */
export class Admissions<V extends Viewer> {
  readonly #books = new Map<Guarded<V>, Book<V>>()
  /** In the order in which they were asked for. */
  readonly #all = new Set<Admission<V>>()

  constructor(
    private readonly limits: StreamLimits['admission'],
    private readonly patienceMs: number,
    private readonly clock: Clock,
  ) {}

  get size(): number {
    return this.#all.size
  }

  isSureOf(stream: Guarded<V>, { sessionId }: V): boolean {
    return this.#books.get(stream)?.admissions.get(sessionId)?.isSure === true
  }

  /** Returns true for a session that was not known. */
  remember(stream: Guarded<V>, viewer: V): boolean {
    const { admissions, removals } = this.#bookOf(stream)
    const now = this.clock.now()
    const known = admissions.get(viewer.sessionId)
    const admission: Admission<V> = known ?? { stream, viewer, askedAt: now, isSure: true, doubts: 0, following: 0, leftAt: now } // prettier-ignore
    if (viewer.expiresAt > admission.viewer.expiresAt) admission.viewer = viewer
    admission.askedAt = now
    admission.isSure = true
    admissions.set(viewer.sessionId, admission)
    this.#toEnd(admission)
    if (now - (removals.get(viewer.id) ?? -Infinity) < unsureMs)
      this.clock.after(surelyKnownMs, () => void this.#askAgain(admission))
    return known === undefined
  }

  /** A follower of an admitted session. */
  entered(stream: Guarded<V>, viewer: V): void {
    const admission = this.#books.get(stream)?.admissions.get(viewer.sessionId)
    if (admission === undefined) return
    admission.following++
    if (viewer.expiresAt > admission.viewer.expiresAt) admission.viewer = viewer
  }

  left(stream: Guarded<V>, { sessionId }: V): void {
    const admission = this.#books.get(stream)?.admissions.get(sessionId)
    if (admission === undefined) return
    admission.following--
    admission.leftAt = this.clock.now()
    if (admission.following === 0 && this.#all.size > this.limits.remembered) this.#forget(admission)
  }

  /** A frame says that a viewer may see no more: a session that returns is asked for. */
  removed(stream: Guarded<V>, viewerId: string): void {
    const book = this.#books.get(stream)
    if (book === undefined) return
    const now = this.clock.now()
    for (const [id, at] of book.removals) if (now - at >= unsureMs) book.removals.delete(id)
    book.removals.set(viewerId, now)
    for (const admission of book.admissions.values()) if (admission.viewer.id === viewerId) doubt(admission)
    for (const question of book.questions.values()) if (question.viewerId === viewerId) question.isVoid = true
  }

  /** A follower who was elsewhere may not have had the frame that names them. */
  returned(stream: Guarded<V>, { id, sessionId }: V): void {
    if (this.#books.get(stream)?.removals.has(id) === true) this.recheck(stream, sessionId)
  }

  /** Frames may have been missed: every session that returns is asked for. */
  missed(stream: Guarded<V>): void {
    for (const admission of this.#books.get(stream)?.admissions.values() ?? []) doubt(admission)
  }

  /** Asks again at once for a session. */
  recheck(stream: Guarded<V>, sessionId: string): void {
    const admission = this.#books.get(stream)?.admissions.get(sessionId)
    if (admission === undefined) return
    doubt(admission)
    void this.#askAgain(admission)
  }

  forgetSession(stream: Guarded<V>, sessionId: string): void {
    const admission = this.#books.get(stream)?.admissions.get(sessionId)
    if (admission !== undefined) this.#forget(admission)
  }

  forgetStream(stream: Guarded<V>): void {
    for (const admission of this.#books.get(stream)?.admissions.values() ?? []) this.#all.delete(admission)
    this.#books.delete(stream)
  }

  /** Equal questions at one time are one. A subgraph that is away is waited for as long as a stream waits for it. */
  ask(stream: Guarded<V>, viewer: V, after: number): Promise<Errors> {
    const { questions } = this.#bookOf(stream)
    const key = `${after} ${viewer.sessionId}`
    const asked = questions.get(key)
    if (asked !== undefined) return asked.answer
    const question: Question = { viewerId: viewer.id, isVoid: false, answer: Promise.resolve([]) }
    question.answer = this.#settle(stream, viewer, after, question).finally(() => questions.delete(key))
    questions.set(key, question)
    return question.answer
  }

  /** Asks again for those who follow. Called once a second. */
  tick(): void {
    const before = this.clock.now() - this.limits.everyMs
    let left = this.limits.perSecond
    for (const admission of this.#all) {
      if (left === 0 || admission.askedAt > before) return
      if (admission.following > 0) {
        left--
        void this.#askAgain(admission)
      } else if (admission.leftAt <= before) this.#forget(admission)
    }
  }

  async #settle(stream: Guarded<V>, viewer: V, after: number, question: Question): Promise<Errors> {
    const until = this.clock.now() + this.patienceMs
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
      const errors = await stream.ask(viewer, after)
      if (question.isVoid) {
        question.isVoid = false
        continue
      }
      if (errors.length === 0 || concernsViewer(errors) || this.clock.now() + waitMs > until) return errors
      await new Promise<void>((resolve) => this.clock.after(waitMs, resolve))
    }
  }

  async #askAgain(admission: Admission<V>): Promise<void> {
    if (!this.#all.has(admission)) return
    admission.askedAt = this.clock.now()
    this.#toEnd(admission)
    const { stream, viewer, doubts } = admission
    const errors = await stream.ask(viewer, stream.position)
    // While the subgraph is away, the streams go on with whom it has admitted.
    if (this.#all.has(admission) && concernsViewer(errors)) stream.refused(viewer, errors)
    else if (errors.length === 0 && admission.doubts === doubts) admission.isSure = true
  }

  #bookOf(stream: Guarded<V>): Book<V> {
    const known = this.#books.get(stream)
    if (known !== undefined) return known
    const book: Book<V> = { admissions: new Map(), questions: new Map(), removals: new Map() }
    this.#books.set(stream, book)
    return book
  }

  #toEnd(admission: Admission<V>): void {
    this.#all.delete(admission)
    this.#all.add(admission)
  }

  #forget(admission: Admission<V>): void {
    this.#all.delete(admission)
    this.#books.get(admission.stream)?.admissions.delete(admission.viewer.sessionId)
  }
}

function doubt(admission: { isSure: boolean; doubts: number }): void {
  admission.isSure = false
  admission.doubts++
}
