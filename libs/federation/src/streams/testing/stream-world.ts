import type { GraphQLFormattedError } from 'graphql'
import { EncodedResult, type OperationSink, type OperationSource } from '../../operation-sink'
import { type Frame, type FrameSink, type Origin, type Viewer } from '../frame'
import { SharedStreams } from '../shared-streams'
import { ManualClock } from './manual-clock'

export type Action =
  | { readonly kind: 'say'; readonly count: number }
  | { readonly kind: 'join'; readonly who: number; readonly behind: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'leave'; readonly which: number }
  | { readonly kind: 'remove' | 'add' | 'signOut'; readonly who: number }
  | { readonly kind: 'cut'; readonly ms: number }

export interface Settings {
  readonly ringFrames: number
  readonly ringBytes: number
  /** Events in a frame at most. */
  readonly frameSize: number
  readonly latencyMs: number
  /** Frames that come together at most; one by one unless said. */
  readonly together?: number
  /** How long an admission takes, if not as long as the rest. */
  readonly askMs?: number
}

interface LogEvent {
  readonly seq: number
  /** The event removes this viewer, or adds them. */
  readonly removes?: string
  readonly adds?: string
}

const startMs = 3_000
const heartbeatMs = 500
/** How often an upstream looks for new events. */
const idleMs = 15

const errorOf = (category: string, code: string): readonly GraphQLFormattedError[] => [
  { message: code, extensions: { category, code } },
]
const notMember = errorOf('state', 'NOT_FOUND')
const ahead = errorOf('input', 'CURSOR_AHEAD')
const away = errorOf('temporary', 'UNAVAILABLE')
const signedOut = errorOf('auth', 'UNAUTHENTICATED')

/** A subgraph's stream over its log, as a subgraph may serve it: in frames of any size, after some time, or cut. */
class Upstream {
  #cursor: number
  #isOpen = true
  #isFirst = true
  #sentAt = 0

  constructor(
    private readonly world: StreamWorld,
    readonly viewer: Viewer,
    after: number,
    private readonly sink: FrameSink,
  ) {
    this.#cursor = after
    this.#later(() => this.#begin(after))
  }

  close(): void {
    this.#isOpen = false
    this.world.upstreams.delete(this)
  }

  end(errors: readonly GraphQLFormattedError[]): void {
    if (!this.#isOpen) return
    this.close()
    this.sink.ended(errors)
  }

  #begin(after: number): void {
    const refusal = this.world.refusalOf(this.viewer, after)
    if (refusal.length > 0) this.end(refusal)
    else this.#pump()
  }

  /** Sends what there is, one frame after the other, and a heartbeat now and then. */
  #pump(): void {
    const { clock, settings } = this.world
    if (this.world.stalled.has(this)) {
      this.#later(() => this.#pump(), idleMs)
      return
    }
    const frames: Frame[] = []
    do {
      const frame = this.#next(frames.length === 0)
      if (frame === null) break
      frames.push(frame)
    } while (frames.length < (settings.together ?? 1) && this.#cursor < this.world.log.length)
    if (frames.length > 0) {
      this.#sentAt = clock.now()
      this.sink.frames(frames)
    }
    if (frames.some(({ endsFor }) => endsFor.includes(this.viewer.id))) this.end([])
    this.#later(() => this.#pump(), frames.length > 0 ? 0 : idleMs)
  }

  /** The next frame, or a heartbeat when one is due. */
  #next(mayBeQuiet: boolean): Frame | null {
    const { log, settings, clock } = this.world
    const events = log.slice(this.#cursor, this.#cursor + settings.frameSize)
    const removal = events.findIndex(({ removes }) => removes !== undefined)
    if (removal >= 0) events.splice(removal + 1)
    const isDue = this.#isFirst || clock.now() - this.#sentAt >= heartbeatMs
    if (events.length === 0 && !(mayBeQuiet && isDue)) return null
    this.#isFirst = false
    this.#cursor += events.length
    const removed = events.at(-1)?.removes
    const result = new EncodedResult(JSON.stringify(events.map(({ seq }) => seq)))
    const endsFor = removed === undefined ? [] : [removed]
    const { isWhole } = this.world
    const forgets = events.some(({ seq }) => this.world.forgetting.has(seq))
    return { position: this.#cursor, result, endsFor, isWhole, forgets }
  }

  #later(run: () => void, ms = 0): void {
    this.world.clock.after(1 + ms + this.world.settings.latencyMs, () => this.#isOpen && run())
  }
}

class Subscriber implements OperationSink {
  readonly seqs: number[] = []
  frames = 0
  end: 'completed' | readonly GraphQLFormattedError[] | null = null
  source: OperationSource | null = null

  constructor(
    readonly viewer: Viewer,
    readonly cursor: number,
  ) {}

  next({ results }: EncodedResult): void {
    if (this.end !== null) throw new Error('A frame after the end')
    this.frames += results.length
    for (const each of results) this.seqs.push(...(JSON.parse(each.toString()) as number[]))
  }

  error(errors: readonly GraphQLFormattedError[]): void {
    if (this.end !== null) throw new Error('Two ends')
    this.end = errors
  }

  complete(): void {
    if (this.end !== null) throw new Error('Two ends')
    this.end = 'completed'
  }
}

/** One conversation with its members, a gateway's shared streams over it, and the subscribers. */
export class StreamWorld {
  readonly clock = new ManualClock()
  readonly log: LogEvent[] = []
  readonly upstreams = new Set<Upstream>()
  readonly subscribers: Subscriber[] = []
  readonly streams: SharedStreams<Viewer>
  readonly #members = new Set(Array.from({ length: 6 }, (_, who) => `user-${who}`))
  /** How many upstreams were opened, and admissions asked for. */
  opened = 0
  asked = 0
  /** The seqs of the events that make all before them forgotten. */
  readonly forgetting = new Set<number>()
  /** Those that send nothing for now, like a process that hangs. */
  readonly stalled = new Set<Upstream>()
  /** Whether frames have all that belongs in them. */
  isWhole = true
  #awayUntil = 0
  #sessions = 0

  constructor(readonly settings: Settings) {
    const ring = { frames: settings.ringFrames, bytes: settings.ringBytes, bytesOfAll: 2 * settings.ringBytes }
    const admission = { everyMs: 2_000, perSecond: 3, remembered: 4 }
    this.streams = new SharedStreams({ startMs, lingerMs: 6_000, lingering: 2, ring, admission }, this.clock)
  }

  async perform(action: Action): Promise<void> {
    switch (action.kind) {
      case 'say':
        for (let count = 0; count < action.count; count++) this.log.push({ seq: this.log.length + 1 })
        break
      case 'join':
        this.join(this.#viewer(action.who), Math.max(0, this.log.length - action.behind))
        break
      case 'pass':
        await this.clock.advance(action.ms)
        break
      case 'leave':
        this.#leave(action.which)
        break
      case 'remove':
        if (this.#members.delete(`user-${action.who}`)) this.log.push({ seq: this.log.length + 1, removes: `user-${action.who}` }) // prettier-ignore
        break
      case 'add':
        this.#members.add(`user-${action.who}`)
        this.log.push({ seq: this.log.length + 1, adds: `user-${action.who}` })
        break
      case 'cut':
        this.#awayUntil = this.clock.now() + action.ms
        for (const upstream of this.upstreams) upstream.end(away)
        break
      case 'signOut':
        for (const upstream of this.upstreams) if (upstream.viewer.id === `user-${action.who}`) upstream.end(signedOut)
        break
    }
    await this.clock.advance(0)
  }

  join(viewer: Viewer, cursor: number, key = 'timeline'): Subscriber {
    const subscriber = new Subscriber(viewer, cursor)
    this.subscribers.push(subscriber)
    subscriber.source = this.streams.join(key, () => this.origin, viewer, cursor, subscriber)
    return subscriber
  }

  readonly origin: Origin<Viewer> = {
    follow: (viewer, after, sink) => {
      if (this.clock.now() < this.#awayUntil) {
        sink.ended(away)
        return () => undefined
      }
      const upstream = new Upstream(this, viewer, after, sink)
      this.upstreams.add(upstream)
      this.opened++
      return () => upstream.close()
    },
    admit: async (viewer, after) => {
      this.asked++
      if (this.clock.now() < this.#awayUntil) return away
      const refusal = this.refusalOf(viewer, after)
      await new Promise<void>((resolve) => this.clock.after(this.settings.askMs ?? this.settings.latencyMs, resolve))
      return refusal
    },
  }

  /** Without an event. */
  expel(id: string): void {
    this.#members.delete(id)
  }

  refusalOf({ id }: Viewer, after: number): readonly GraphQLFormattedError[] {
    if (!this.#members.has(id)) return notMember
    return after > this.log.length ? ahead : []
  }

  /** What everybody has received is what stands after their cursor, in order, and ends with their removal. */
  check(): void {
    for (const { viewer, cursor, seqs, end } of this.subscribers) {
      const removal = this.log.slice(cursor).find(({ removes }) => removes === viewer.id)?.seq ?? Infinity
      expect(seqs).toEqual(seqs.map((_, index) => cursor + 1 + index))
      expect(cursor + seqs.length).toBeLessThanOrEqual(removal)
      if (end === 'completed') expect(cursor + seqs.length).toBe(removal)
      if (this.#isGone(viewer, cursor)) expect(seqs).toEqual([])
    }
  }

  async settle(): Promise<void> {
    await this.clock.advance(2 * (startMs + heartbeatMs) + 50 * this.log.length)
  }

  /** Those who are still there have everything. */
  checkComplete(): void {
    this.check()
    for (const { cursor, seqs, end, frames } of this.subscribers) {
      if (end !== null) continue
      expect(cursor + seqs.length).toBe(this.log.length)
      expect(frames).toBeGreaterThan(0)
    }
    // Followers who all have everything share one upstream, under the identity of one of them.
    const following = this.subscribers.filter(({ end }) => end === null).map(({ viewer }) => viewer)
    const sponsors = [...this.upstreams].map(({ viewer }) => viewer)
    expect(sponsors.length).toBeLessThanOrEqual(1)
    if (following.length > 0) expect(following).toContain(sponsors[0])
  }

  close(): void {
    this.streams.close()
    expect(this.upstreams.size).toBe(0)
    expect(this.streams.size).toBe(0)
  }

  /** Removed before the cursor, and not added again. */
  #isGone({ id }: Viewer, cursor: number): boolean {
    const last = this.log.findLast(({ removes, adds }) => removes === id || adds === id)
    return last?.removes !== undefined && last.seq <= cursor
  }

  #viewer(who: number): Viewer {
    // Some return with the session that they had.
    const session = this.#sessions++ % 3 === 0 ? `${who}-${this.#sessions}` : `${who}`
    const expiresAt = this.clock.now() / 1_000 + ((this.#sessions * 7) % 11)
    return { id: `user-${who}`, sessionId: session, expiresAt }
  }

  #leave(which: number): void {
    const open = this.subscribers.filter(({ end }) => end === null)
    const chosen = open[which % open.length]
    if (chosen === undefined) return
    this.subscribers.splice(this.subscribers.indexOf(chosen), 1)
    chosen.source?.stop()
    chosen.end = 'completed'
  }
}
