import type { GraphQLFormattedError } from 'graphql'
import { EncodedResult, type OperationSink } from '../operation-sink'
import { type Clock, concernsViewer, type Frame, type Origin, type Viewer } from './frame'

const firstRetryMs = 50
const longestRetryMs = 500
/** So long before the token of a sponsor expires another takes over. */
const handOverMs = 5_000
/** What a timer can wait for. */
const longestWaitMs = 2 ** 31 - 1

const broken: GraphQLFormattedError = {
  message: 'This frame could not be sent. Start again from what you have.',
  extensions: { category: 'defect', code: 'INTERNAL' },
}

const outOfOrder: GraphQLFormattedError = {
  message: 'The stream went backwards. Start again from what you have.',
  extensions: { category: 'defect', code: 'INTERNAL' },
}

/** One subscriber of a shared stream. */
export interface Follower<V extends Viewer> {
  readonly viewer: V
  readonly sink: OperationSink
  /** Whether a frame was sent to it. */
  isBegun: boolean
}

export interface FeedOwner<V extends Viewer> {
  readonly origin: Origin<V>
  readonly clock: Clock
  readonly startMs: number
  /** The subgraph has admitted the viewer under whose identity the feed was opened. */
  begun(sponsor: V): void
  /** All followers have the frames. */
  advanced(feed: Feed<V>, from: number, run: readonly Frame[]): void
  /** The subgraph has refused to go on with the feed under the identity of this viewer. */
  refused(sponsor: V, errors: readonly GraphQLFormattedError[], feed: Feed<V>): void
  /** A follower is no longer one, whatever the reason. */
  left(follower: Follower<V>): void
  /** Nobody follows the feed. */
  emptied(feed: Feed<V>): void
  /** There is no upstream, and nobody left to open one for. */
  closed(feed: Feed<V>): void
}

/**
 * One upstream subscription for any number of followers. It is open under the identity of one of them, the sponsor.
 * When the sponsor leaves or is refused, and when the upstream ends, it is opened again at its position, under the
 * identity of another; the followers notice nothing.
 */
export class Feed<V extends Viewer> {
  readonly followers = new Set<Follower<V>>()
  /** The last frame, when it brought nothing new: what a follower who needs nothing new is sent first. */
  quiet: Frame | null = null
  /** Its upstream is being opened, and so a first frame is about to come, an empty one if need be. */
  isExpected = true
  #sponsor: Follower<V> | null = null
  /** Whom nobody has asked for: until the subgraph has admitted them nobody else may be the sponsor. */
  #founder: Follower<V> | null = null
  /** Under whose identity the last upstream failed. */
  #failed: Follower<V> | null = null
  #closeUpstream: (() => void) | null = null
  #cancelHandOver: (() => void) | null = null
  #cancelTimer: (() => void) | null = null
  #failingSince: number | null = null
  #failures = 0
  #isClosed = false

  constructor(
    private readonly owner: FeedOwner<V>,
    readonly start: number,
  ) {
    this.#position = start
  }

  #position: number

  /** Its followers have everything up to here. */
  get position(): number {
    return this.#position
  }

  /** Opens it for a follower whom the subgraph has not admitted yet. */
  found(founder: Follower<V>): void {
    this.#founder = founder
    this.add(founder)
  }

  /** The sponsor's upstream is opened for the first follower. */
  add(follower: Follower<V>): void {
    this.followers.add(follower)
    const sponsor = this.#sponsor
    if (sponsor === null || !this.followers.has(sponsor)) this.#openSoon()
    else if (this.#msToHandOver(sponsor) <= 0 && lastsLonger(follower, sponsor)) this.#openSoon()
  }

  remove(follower: Follower<V>): void {
    if (!this.followers.delete(follower)) return
    this.owner.left(follower)
    if (follower === this.#founder) this.#founder = null
    if (this.followers.size === 0) this.owner.emptied(this)
    else if (follower === this.#sponsor) this.#openSoon()
  }

  /** Ends a follower with errors. */
  refuse(follower: Follower<V>, errors: readonly GraphQLFormattedError[]): void {
    follower.sink.error(errors)
    this.remove(follower)
  }

  send(follower: Follower<V>, frame: Frame): void {
    follower.isBegun = true
    try {
      follower.sink.next(frame.result)
    } catch {
      // The others have to get it.
      this.refuse(follower, [broken])
      return
    }
    if (!frame.endsFor.includes(follower.viewer.id)) return
    follower.sink.complete()
    this.remove(follower)
  }

  /** Returns its followers, who go on elsewhere. */
  close(): readonly Follower<V>[] {
    const followers = [...this.followers]
    this.followers.clear()
    this.#isClosed = true
    this.#stopUpstream()
    return followers
  }

  #stopUpstream(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    this.#cancelHandOver?.()
    this.#cancelHandOver = null
    this.#closeUpstream?.()
    this.#closeUpstream = null
  }

  /** Once for all that leave and come in this turn; until then the old upstream goes on. */
  #openSoon(ms = 0): void {
    if (this.#isClosed || this.#cancelTimer !== null) return
    this.#cancelTimer = this.owner.clock.after(ms, () => {
      this.#cancelTimer = null
      this.#open()
    })
  }

  #open(): void {
    const sponsor = this.#chooseSponsor()
    if (sponsor === null) {
      // It may linger with the upstream that it has.
      if (this.#closeUpstream === null) this.owner.closed(this)
      return
    }
    this.#stopUpstream()
    this.#sponsor = sponsor
    this.isExpected = true
    const upstream = { isOpen: true }
    let hasBegun = false
    const close = this.owner.origin.follow(sponsor.viewer, this.#position, {
      frames: (frames) => {
        for (const run of runsOf(frames, !hasBegun)) {
          if (!upstream.isOpen) return
          if (isBackwards(run, this.#position)) {
            this.#stopUpstream()
            this.#ended(sponsor, [outOfOrder])
            return
          }
          const isFirst = !hasBegun
          if (isFirst) this.#begin(sponsor)
          hasBegun = true
          this.#advance(run, isFirst)
        }
      },
      ended: (errors) => {
        if (!upstream.isOpen) return
        upstream.isOpen = false
        this.#closeUpstream = null
        this.#ended(sponsor, errors)
      },
    })
    this.#closeUpstream = () => {
      upstream.isOpen = false
      close()
    }
    // The upstream may have ended, or the feed been closed, while it was opened.
    if (!upstream.isOpen) this.#closeUpstream = null
    else if (this.#isClosed) this.#stopUpstream()
    else this.#handOverInTime(sponsor)
  }

  #msToHandOver({ viewer }: Follower<V>): number {
    return viewer.expiresAt * 1_000 - handOverMs - this.owner.clock.now()
  }

  /** An expired token would spoil the frames of all. */
  #handOverInTime(sponsor: Follower<V>): void {
    const ms = this.#msToHandOver(sponsor)
    if (ms <= 0) return
    this.#cancelHandOver = this.owner.clock.after(Math.min(ms, longestWaitMs), () => {
      this.#cancelHandOver = null
      for (const follower of this.followers) if (lastsLonger(follower, sponsor)) this.#openSoon()
    })
  }

  #begin(sponsor: Follower<V>): void {
    this.#founder = null
    this.owner.begun(sponsor.viewer)
  }

  /** Whose token lasts longest, but not who has just failed; after more failures each in turn. */
  #chooseSponsor(): Follower<V> | null {
    if (this.#founder !== null) return this.#founder
    if (this.#failures > 1) return [...this.followers][this.#failures % this.followers.size] ?? null
    let chosen: Follower<V> | null = null
    for (const follower of this.followers) {
      if (follower === this.#failed && this.followers.size > 1) continue
      if (chosen === null || lastsLonger(follower, chosen)) chosen = follower
    }
    return chosen
  }

  #advance(run: readonly Frame[], isFirst: boolean): void {
    const from = this.#position
    const frame = joined(run)
    const before = run.at(-2)?.position ?? from
    this.isExpected = false
    this.#failingSince = null
    this.#failures = 0
    this.#failed = null
    this.#position = frame.position
    this.quiet = frame.position === before && frame.endsFor.length === 0 ? (run.at(-1) ?? null) : null
    // Those who have begun need not notice that there is another upstream.
    const isForNew = isFirst && this.quiet !== null
    for (const follower of this.followers) if (!isForNew || !follower.isBegun) this.send(follower, frame)
    this.owner.advanced(this, from, run)
  }

  #ended(sponsor: Follower<V>, errors: readonly GraphQLFormattedError[]): void {
    if (concernsViewer(errors)) {
      this.owner.refused(sponsor.viewer, errors, this)
      this.#openSoon()
      return
    }
    const now = this.owner.clock.now()
    this.#failingSince ??= now
    this.#failures++
    this.#failed = sponsor
    this.isExpected = true
    if (this.followers.size === 0) {
      this.owner.closed(this)
      return
    }
    if (now - this.#failingSince < this.owner.startMs) {
      this.#openSoon(Math.min(firstRetryMs * 2 ** (this.#failures - 1), longestRetryMs))
      return
    }
    for (const follower of this.followers) {
      if (errors.length === 0) follower.sink.complete()
      else follower.sink.error(errors)
      this.remove(follower)
    }
    this.owner.closed(this)
  }
}

const lastsLonger = (one: Follower<Viewer>, other: Follower<Viewer>): boolean =>
  one.viewer.expiresAt > other.viewer.expiresAt

/** Frames that all followers get together: a run ends where a viewer may see no more. */
function runsOf(frames: readonly Frame[], isFirstAlone: boolean): readonly (readonly Frame[])[] {
  const runs: Frame[][] = []
  let isOver = true
  for (const frame of frames) {
    if (isOver) runs.push([frame])
    else runs.at(-1)?.push(frame)
    isOver = frame.endsFor.length > 0 || (isFirstAlone && frame === frames[0])
  }
  return runs
}

function isBackwards(run: readonly Frame[], position: number): boolean {
  let before = position
  for (const frame of run) {
    if (frame.position < before) return true
    before = frame.position
  }
  return false
}

/** A run as one frame. */
function joined(run: readonly Frame[]): Frame {
  const last = run.at(-1)
  if (last === undefined) throw new Error('A run without a frame')
  return run.length === 1 ? last : { ...last, result: EncodedResult.together(run.map(({ result }) => result)) }
}
