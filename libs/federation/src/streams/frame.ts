import type { GraphQLFormattedError } from 'graphql'
import type { EncodedResult } from '../operation-sink'

/** A result of a shared subscription, the same for all who follow it. */
export interface Frame {
  /** Everything up to here is in this frame or in an earlier one. */
  readonly position: number
  readonly result: EncodedResult
  /** The ids of the viewers who may not see the next frame. */
  readonly endsFor: readonly string[]
  /** What earlier frames brought may not be sent any more: they are not kept for those who come later. */
  readonly forgets?: boolean
  /** False when something of it could not be had: it is sent, but not kept for those who come later. */
  readonly isWhole: boolean
}

/** A caller, as proven by a token. */
export interface Viewer {
  /** What `endsFor` names. */
  readonly id: string
  readonly sessionId: string
  /** When the token expires, in seconds since the epoch. */
  readonly expiresAt: number
}

export interface FrameSink {
  /** Frames that came together, in their order. */
  frames(frames: readonly Frame[]): void
  /** The upstream has ended: with errors that may be shown to clients, or completed without any. */
  ended(errors: readonly GraphQLFormattedError[]): void
}

/** Where the frames of one shared stream come from. */
export interface Origin<V extends Viewer> {
  /**
   * Opens the subscription in the subgraph under the identity of a viewer, who is admitted by that. A first frame comes
   * at once, an empty one if need be. Returns what closes it; nothing is sent to the sink afterwards.
   */
  follow(viewer: V, after: number, sink: FrameSink): () => void
  /** Asks whether a viewer may follow from a cursor: nothing, or the errors that the subscription would end with. */
  admit(viewer: V, after: number): Promise<readonly GraphQLFormattedError[]>
}

/** Time, so that tests have their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Returns what cancels it. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    if (ms === 0) {
      const immediate = setImmediate(run)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export interface StreamLimits {
  /** How long a stream without an upstream waits for one before its followers end and resume by their cursors. */
  readonly startMs: number
  /** How long a stream without followers is kept, and how many such streams; the oldest ends first. */
  readonly lingerMs: number
  readonly lingering: number
  /** Recent frames of a stream, for those who join or return. */
  readonly ring: { readonly frames: number; readonly bytes: number; readonly bytesOfAll: number }
  readonly admission: {
    /** A follower is asked for again when this time has passed… */
    readonly everyMs: number
    /** …but over all streams not more often than this. */
    readonly perSecond: number
    /** Admissions of viewers who have left, in case they return. */
    readonly remembered: number
  }
}

/** Errors that concern one viewer; any other may pass. */
export const concernsViewer = (errors: readonly GraphQLFormattedError[]): boolean =>
  ['auth', 'state', 'input'].some((category) => isOf(category, errors))

export const isOf = (category: string, errors: readonly GraphQLFormattedError[]): boolean =>
  errors.some(({ extensions }) => extensions?.['category'] === category)
