import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { eventsOf, follow } from '../chat.ts'
import type { Recorder } from '../recorder.ts'

const againAfterMs = 100
const longMs = 3_600_000

/** A viewer with endless retries: whenever its stream ends it follows again after the last event that it has seen. */
export class Follower {
  /** When each seq arrived, by performance.now(). */
  readonly arrivals = new Map<number, number>()
  /** Why streams ended, in order. */
  readonly ends: string[] = []
  readonly #viewer: Client
  readonly #conversation: string
  readonly #recorder: Recorder
  #cursor: number
  #stream = ''
  #isStopped = false
  #running: Promise<void> = Promise.resolve()

  /** `viewer` needs its own device: its socket is closed whenever a stream ends. */
  constructor(viewer: Client, conversation: string, recorder: Recorder, after = 0) {
    this.#viewer = viewer
    this.#conversation = conversation
    this.#recorder = recorder
    this.#cursor = after
  }

  get cursor(): number {
    return this.#cursor
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Waits for everything up to `seq`, and for the end of the stream. */
  async stop(seq: number): Promise<void> {
    await eventually(() => {
      if (this.#cursor < seq) throw new Error(`The stream stands at ${this.#cursor} and not at ${seq}`)
    })
    this.#recorder.settled(this.#stream, seq)
    this.#isStopped = true
    await this.#viewer.close()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const end = await this.#followOnce().catch((error: unknown) => describe(error))
      if (this.#hasStopped()) return
      this.ends.push(end)
      await this.#viewer.close()
      await pause(againAfterMs)
    }
  }

  /** Resolves with why the stream ended. */
  async #followOnce(): Promise<string> {
    this.#stream = this.#recorder.opened(this.#viewer, this.#cursor)
    const stream = follow(this.#viewer, this.#conversation, this.#cursor)
    for (;;) {
      const answer = await stream.next(longMs)
      // A frame that could not be completed: its events are requested again.
      if ((answer.data?.timeline ?? null) === null) return JSON.stringify(answer.errors)
      for (const event of eventsOf({ all: [answer] })) {
        this.arrivals.set(event.seq, performance.now())
        this.#recorder.delivered(this.#stream, event)
        this.#cursor = event.seq
      }
    }
  }

  /** A method, because TypeScript assumes that the flag does not change during the await. */
  #hasStopped(): boolean {
    return this.#isStopped
  }
}

function describe(error: unknown): string {
  const cause = error instanceof Error ? error.cause : error
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return `closed with ${String(cause.code)}`
  return cause instanceof Error ? cause.message : JSON.stringify(cause)
}
