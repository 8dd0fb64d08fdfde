import { backoff } from '../backoff'
import { type Failure, isTemporary } from '../graphql/errors'
import type { LiveSink } from '../graphql/live'
import type { PresenceSubscription } from './__generated__/presence'
import type { PresenceStore } from './presence-store'

/** The server follows no more in one stream. */
export const maxFollowed = 200
/** Conversations are loaded page by page: their people are followed together. */
const gatherMs = 500

type Sink = LiveSink<PresenceSubscription>

export interface PresenceFollowerOptions {
  readonly store: PresenceStore
  /** Follows these people; the result ends that. `isActive` is asked at every reconnect. */
  readonly open: (userIds: readonly string[], isActive: () => boolean, sink: Sink) => () => void
}

/**
 * One stream for everybody who is on the screen. It also says that this device is here, and whether it is used: the
 * server takes that from the stream itself.
 */
export class PresenceFollower {
  #wanted: readonly string[] = []
  #followed: ReadonlySet<string> = new Set()
  #isActive = true
  #isClosed = false
  #failures = 0
  #stop: () => void = () => undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The stream whose frames count. */
  #current: symbol | null = null

  constructor(private readonly options: PresenceFollowerOptions) {}

  /** The most important first. People who are followed already cost nothing, nor do those who are not wanted any more. */
  want(userIds: readonly string[]): void {
    this.#wanted = [...new Set(userIds)].slice(0, maxFollowed)
    if (this.#wanted.every((id) => this.#followed.has(id))) return
    if (this.#current === null && this.#timer === undefined && this.#failures === 0) this.#open()
    else if (this.#failures === 0) this.#openIn(gatherMs)
  }

  setActive(isActive: boolean): void {
    if (isActive === this.#isActive) return
    this.#isActive = isActive
    if (this.#current !== null) this.#open()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#current = null
    this.#stop()
    this.options.store.forget()
  }

  #openIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#open(), ms)
  }

  /** The new stream begins before the old one ends, so that the device is here all the time. */
  #open(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isClosed) return
    const stop = this.#stop
    const stream = Symbol('stream')
    this.#current = stream
    this.#followed = new Set(this.#wanted)
    this.#stop = this.options.open(this.#wanted, () => this.#isActive, {
      data: ({ presence }) => {
        if (this.#current !== stream || !presence) return
        this.#failures = 0
        const refused = presence.refused.map(({ userId }) => userId)
        this.options.store.learn(presence.people, refused)
      },
      ended: (failure) => {
        if (this.#current === stream) this.#ended(failure)
      },
    })
    stop()
  }

  #ended(failure: Failure | null): void {
    this.#current = null
    this.#followed = new Set()
    this.options.store.forget()
    if (failure === null || isTemporary(failure)) this.#openIn(backoff(this.#failures++))
  }
}
