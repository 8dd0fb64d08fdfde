import type { GraphQLFormattedError } from 'graphql'
import type { OperationSink, OperationSource } from '../operation-sink'
import type { Admissions, Guarded } from './admissions'
import { Feed, type FeedOwner, type Follower } from './feed'
import { type Clock, type Frame, isOf, type Origin, type StreamLimits, type Viewer } from './frame'
import { Ring, type RingBudget, type Step } from './ring'

const unanswered: GraphQLFormattedError = {
  message: 'Whether you may follow could not be found out. Try again in a moment.',
  extensions: { category: 'temporary', code: 'UNAVAILABLE' },
}

/** What the streams of one gateway have in common. */
export interface Surroundings<V extends Viewer> {
  readonly limits: StreamLimits
  readonly clock: Clock
  readonly admissions: Admissions<V>
  readonly budget: RingBudget
  /** Those without followers, the oldest first. */
  readonly lingering: Set<{ dispose(): void }>
}

/** A follower's operation: first without a feed, while it is asked whether the viewer may follow. */
class Member<V extends Viewer> implements Follower<V>, OperationSource {
  feed: Feed<V> | null = null
  isBegun = false
  isOver = false

  constructor(
    private readonly stream: SharedStream<V>,
    readonly viewer: V,
    readonly cursor: number,
    readonly sink: OperationSink,
  ) {}

  stop(): void {
    this.isOver = true
    this.feed?.remove(this)
  }
}

/**
 * One subscription of a subgraph for all who ask for the same operation with the same variables, whatever their cursors.
 * The main feed goes on with new frames and keeps the last ones in a ring. A follower whose cursor is inside the ring is
 * served from it; one who is further behind catches up with a feed of their own until that stands where the ring does.
 */
export class SharedStream<V extends Viewer> implements FeedOwner<V>, Guarded<V> {
  readonly clock: Clock
  readonly startMs: number
  readonly #ring: Ring
  readonly #catchUps = new Set<Feed<V>>()
  /** How many times in a row frames have brought a feed ahead of the main one. */
  readonly #leads = new WeakMap<Feed<V>, number>()
  readonly #bySession = new Map<string, Set<Member<V>>>()
  #main: Feed<V> | null = null
  /** What ends before this position was made forgotten, by whichever feed was told of it first. */
  #forgotten = 0
  #asking = 0
  #isOver = false
  #cancelLinger: (() => void) | null = null

  constructor(
    readonly origin: Origin<V>,
    private readonly around: Surroundings<V>,
    private readonly onDispose: () => void,
  ) {
    this.clock = around.clock
    this.startMs = around.limits.startMs
    this.#ring = new Ring(around.limits.ring, around.budget)
  }

  get position(): number {
    return this.#main?.position ?? 0
  }

  get followers(): number {
    return [this.#main, ...this.#catchUps].reduce((sum, feed) => sum + (feed?.followers.size ?? 0), 0)
  }

  join(viewer: V, cursor: number, sink: OperationSink): OperationSource {
    this.#stopLingering()
    const member = new Member(this, viewer, cursor, sink)
    if (this.#placeFor(cursor) === null) this.#found(member)
    else if (this.#isKnown(member)) this.#place(member)
    else void this.#admit(member)
    return member
  }

  /** Never rejects. */
  async ask(viewer: V, after: number): Promise<readonly GraphQLFormattedError[]> {
    try {
      return await this.origin.admit(viewer, after)
    } catch {
      return [unanswered]
    }
  }

  begun(sponsor: V): void {
    this.#remember(sponsor)
  }

  advanced(feed: Feed<V>, from: number, run: readonly Frame[]): void {
    for (const { endsFor } of run) for (const id of endsFor) this.around.admissions.removed(this, id)
    this.#forget(run)
    if (feed === this.#main) {
      let before = from
      for (const frame of run) {
        if (frame.position > before) this.#keep({ ...frame, from: before })
        before = frame.position
      }
      for (const catchUp of this.#catchUps) this.#merge(catchUp)
    } else if (this.#catchUps.has(feed) && !this.#merge(feed)) this.#considerLead(feed)
  }

  /** A catch-up may be ahead of the main feed, which has another process behind it: nobody gets from the ring what it was told to forget. */
  #forget(run: readonly Frame[]): void {
    const forgotten = run.findLast(({ forgets }) => forgets === true)?.position ?? 0
    if (forgotten <= this.#forgotten) return
    this.#forgotten = forgotten
    if (forgotten > this.position) this.#ring.clear()
  }

  /** Those who come later may get from the subgraphs what is missing in a frame now, and what it makes forget as it is then. */
  #keep(step: Step): void {
    if (step.forgets === true || !step.isWhole) this.#ring.clear()
    if (step.isWhole && step.position >= this.#forgotten) this.#ring.push(step)
  }

  /** A wrong cursor is that of one feed, and an old token says nothing of a newer one; else it is the whole session. */
  refused(viewer: V, errors: readonly GraphQLFormattedError[], feed?: Feed<V>): void {
    const { admissions } = this.around
    const { sessionId } = viewer
    const isOfFeed = feed !== undefined && isOf('input', errors)
    const isOfToken = isOf('auth', errors)
    for (const follower of this.#followersOf(sessionId)) {
      if (isOfFeed && follower.feed !== feed) continue
      if (isOfToken && follower.viewer.expiresAt > viewer.expiresAt) continue
      follower.feed?.refuse(follower, errors)
    }
    if (isOfFeed) return
    if (this.#followersOf(sessionId).length === 0) admissions.forgetSession(this, sessionId)
    else if (feed !== undefined) admissions.recheck(this, sessionId)
  }

  left(follower: Follower<V>): void {
    const { sessionId } = follower.viewer
    const ofSession = this.#bySession.get(sessionId)
    if (ofSession?.delete(follower as Member<V>) && ofSession.size === 0) this.#bySession.delete(sessionId)
    this.around.admissions.left(this, follower.viewer)
  }

  emptied(feed: Feed<V>): void {
    if (feed !== this.#main) this.#drop(feed)
    this.#lingerIfEmpty()
  }

  closed(feed: Feed<V>): void {
    this.#drop(feed)
    if (feed === this.#main) {
      const [next = null] = this.#catchUps
      this.#lead(next)
    }
    this.#lingerIfEmpty()
  }

  dispose(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopLingering()
    for (const feed of [this.#main, ...this.#catchUps]) feed?.close()
    this.#main = null
    this.#catchUps.clear()
    this.#ring.clear()
    this.#bySession.clear()
    this.around.admissions.forgetStream(this)
    this.onDispose()
  }

  get #isEmpty(): boolean {
    return this.#asking === 0 && this.#catchUps.size === 0 && (this.#main?.followers.size ?? 0) === 0
  }

  async #admit(member: Member<V>): Promise<void> {
    this.#asking++
    const { admissions } = this.around
    const errors = await admissions.ask(this, member.viewer, member.cursor)
    this.#asking--
    if (this.#isOver) return
    if (member.isOver) this.#lingerIfEmpty()
    else if (errors.length > 0) {
      member.sink.error(errors)
      this.#lingerIfEmpty()
    } else {
      if (this.#main !== null) this.#remember(member.viewer)
      this.#place(member)
    }
  }

  #remember(viewer: V): void {
    const { admissions } = this.around
    if (!admissions.remember(this, viewer)) return
    // Those of the session who have entered before it was known.
    for (const each of this.#followersOf(viewer.sessionId)) admissions.entered(this, each.viewer)
  }

  /** Admitted since the stream has lived, with a cursor that is known to exist. */
  #isKnown({ viewer, cursor }: Member<V>): boolean {
    return cursor >= 0 && cursor <= this.position && this.around.admissions.isSureOf(this, viewer)
  }

  /** The feed that can take a follower with this cursor. */
  #placeFor(cursor: number): Feed<V> | null {
    const main = this.#main
    if (main !== null) {
      const isAtHead = cursor === main.position && (main.quiet !== null || main.isExpected)
      if (isAtHead || this.#ring.after(cursor) !== null) return main
    }
    for (const feed of this.#catchUps) if (feed.isExpected && feed.position === cursor) return feed
    return null
  }

  #place(member: Member<V>): void {
    const feed = this.#placeFor(member.cursor)
    if (feed === null) {
      this.#found(member)
      return
    }
    this.#enter(member, feed)
    feed.add(member)
    if (feed === this.#main && !this.#replay(member, member.cursor) && feed.quiet !== null)
      feed.send(member, feed.quiet)
  }

  /** The subgraph itself admits who comes first. */
  #found(member: Member<V>): void {
    const feed = new Feed<V>(this, member.cursor)
    if (this.#main === null) this.#lead(feed)
    else this.#catchUps.add(feed)
    this.#enter(member, feed)
    feed.found(member)
  }

  #enter(member: Member<V>, feed: Feed<V>): void {
    member.feed = feed
    const { sessionId } = member.viewer
    const ofSession = this.#bySession.get(sessionId)
    if (ofSession === undefined) this.#bySession.set(sessionId, new Set([member]))
    else ofSession.add(member)
    this.around.admissions.entered(this, member.viewer)
  }

  /** Sends what the ring has after a position; false when it has nothing. */
  #replay(member: Member<V>, after: number): boolean {
    const { feed } = member
    const steps = this.#ring.after(after)
    if (feed === null || steps === null) return false
    for (const step of steps) {
      if (!feed.followers.has(member)) break
      feed.send(member, step)
    }
    return true
  }

  /** Joins a feed with the main one when it stands at the head or where a step of the ring begins. */
  #merge(feed: Feed<V>): boolean {
    const main = this.#main
    if (main === null || feed.isExpected) return false
    const isAtHead = feed.position === main.position
    if (!isAtHead && this.#ring.after(feed.position) === null) return false
    if (isAtHead) main.quiet ??= feed.quiet
    for (const follower of this.#drop(feed)) {
      const member = follower as Member<V>
      member.feed = main
      main.add(member)
      this.#replay(member, feed.position)
      // A frame without a new position is not in the ring.
      if (!member.isOver) this.around.admissions.returned(this, member.viewer)
    }
    return true
  }

  /** The main feed is the one that is furthest: a follower may have begun the stream far behind. */
  #considerLead(feed: Feed<V>): void {
    const main = this.#main
    const isAhead = main !== null && feed.position > main.position
    const leads = isAhead ? (this.#leads.get(feed) ?? 0) + 1 : 0
    this.#leads.set(feed, leads)
    if (!isAhead || leads < 2) return
    this.#lead(feed)
    if (main.followers.size === 0) main.close()
    else this.#catchUps.add(main)
  }

  #drop(feed: Feed<V>): readonly Follower<V>[] {
    this.#catchUps.delete(feed)
    return feed.close()
  }

  #lead(feed: Feed<V> | null): void {
    if (feed !== null) this.#catchUps.delete(feed)
    this.#main = feed
    this.#ring.clear()
    // Another feed has not seen everything that this one has.
    this.around.admissions.missed(this)
  }

  #followersOf(sessionId: string): readonly Member<V>[] {
    return [...(this.#bySession.get(sessionId) ?? [])]
  }

  #lingerIfEmpty(): void {
    if (!this.#isEmpty) return
    if (this.#main === null) {
      this.dispose()
      return
    }
    if (this.#cancelLinger !== null) return
    const { lingering, limits } = this.around
    this.#cancelLinger = this.clock.after(limits.lingerMs, () => this.dispose())
    lingering.add(this)
    const [oldest] = lingering
    if (lingering.size > limits.lingering) oldest?.dispose()
  }

  #stopLingering(): void {
    this.#cancelLinger?.()
    this.#cancelLinger = null
    this.around.lingering.delete(this)
  }
}
