import { randomUUID } from 'node:crypto'
import type { Client } from '@parley/testing/client'
import { send, sendUntilAcknowledged } from '../chat.ts'
import type { TimelineEventView } from '../chat.ts'
import type { Recorder } from '../recorder.ts'
import { isDecided } from './recovery-times.ts'
import type { Attempt } from './recovery-times.ts'

const everyMs = 100

/** One send, and the result of its first attempt. Times are those of performance.now(). */
export interface Beat {
  readonly clientId: string
  readonly invoked: number
  acknowledged: number | null
  seq: number | null
  /** Null while it is pending and when it was acknowledged. */
  failure: string | null
}

/**
 * Sends ten times a second, whether earlier sends succeeded or not; the members take turns. When the pulse stops,
 * unacknowledged messages are sent again with the same client id, as the outbox of the web client does.
 */
export class Pulse {
  readonly beats: Beat[] = []
  readonly #conversation: string
  readonly #members: readonly Client[]
  readonly #recorder: Recorder
  readonly #underWay = new Set<Promise<void>>()
  readonly #failed: { beat: Beat; member: Client }[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(conversation: string, members: readonly Client[], recorder: Recorder) {
    this.#conversation = conversation
    this.#members = members
    this.#recorder = recorder
  }

  /** Attempts that have only just started are left out. */
  get attempts(): readonly Attempt[] {
    return this.beats
      .filter(({ invoked, acknowledged, failure }) => isDecided(invoked, acknowledged !== null || failure !== null))
      .map(({ invoked, acknowledged }) => ({ asked: invoked, succeeded: acknowledged }))
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), everyMs)
  }

  /** Resolves when all messages have been acknowledged. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#underWay)
    for (const { beat, member } of this.#failed) {
      this.#recorder.acknowledged(await sendUntilAcknowledged(member, this.#conversation, textOf(beat), beat.clientId))
    }
  }

  #beat(): void {
    const member = this.#members[this.beats.length % this.#members.length]
    if (member === undefined) throw new Error('A pulse needs a member')
    const beat: Beat = {
      clientId: randomUUID(),
      invoked: performance.now(),
      acknowledged: null,
      seq: null,
      failure: null,
    }
    this.beats.push(beat)
    const sending = this.#send(beat, member).finally(() => this.#underWay.delete(sending))
    this.#underWay.add(sending)
  }

  async #send(beat: Beat, member: Client): Promise<void> {
    const outcome = await send(member, this.#conversation, textOf(beat), beat.clientId).catch(String)
    if (typeof outcome === 'string') {
      beat.failure = outcome
      this.#failed.push({ beat, member })
    } else this.#noteAcknowledged(beat, outcome)
  }

  #noteAcknowledged(beat: Beat, event: TimelineEventView): void {
    beat.acknowledged = performance.now()
    beat.seq = event.seq
    this.#recorder.acknowledged(event)
  }
}

const textOf = ({ clientId }: Beat): string => `beat ${clientId}`
