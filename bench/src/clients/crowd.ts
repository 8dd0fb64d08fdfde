import { join } from 'node:path'
import { loadCore, Pinned } from '../processes/pinned.ts'
import type { Connecting } from './followers.main.ts'

const script = join(import.meta.dirname, 'followers.main.ts')

/** Followers of one server, in a process of their own. */
export class Crowd {
  readonly size: number
  readonly #process: Pinned
  #awaited = 0

  private constructor(process: Pinned, size: number) {
    this.#process = process
    this.size = size
  }

  /** Resolves when all follow. */
  static async gather(connecting: Connecting): Promise<Crowd> {
    const process = await Pinned.start({ core: loadCore, script })
    try {
      await process.call('connect', connecting)
      return new Crowd(process, connecting.headers.length)
    } catch (error) {
      await process.stop()
      throw error
    }
  }

  /** Emits, and resolves when every follower has received each event. */
  async receive(events: number, emit: (events: number) => Promise<unknown>, withinMs: number): Promise<void> {
    this.#awaited += this.size * events
    await emit(events)
    await this.#process.call('arrived', { until: this.#awaited, withinMs })
  }

  /** The text of the first event. */
  sample(): Promise<string> {
    return this.#process.call('sample')
  }

  /** The close codes of those that were closed. */
  closings(): Promise<readonly number[]> {
    return this.#process.call('closings')
  }

  stop(): Promise<void> {
    return this.#process.stop()
  }
}
