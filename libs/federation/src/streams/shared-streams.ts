import type { OperationSink, OperationSource } from '../operation-sink'
import { Admissions } from './admissions'
import { type Clock, type Origin, type StreamLimits, systemClock, type Viewer } from './frame'
import { RingBudget } from './ring'
import { SharedStream, type Surroundings } from './shared-stream'

const tickMs = 1_000

/** All shared streams of a gateway. */
export class SharedStreams<V extends Viewer> {
  readonly #streams = new Map<string, SharedStream<V>>()
  readonly #around: Surroundings<V>
  #cancelTick: () => void = () => undefined

  constructor(limits: StreamLimits, clock: Clock = systemClock) {
    this.#around = {
      limits,
      clock,
      admissions: new Admissions<V>(limits.admission, limits.startMs, clock),
      budget: new RingBudget(limits.ring.bytesOfAll),
      lingering: new Set(),
    }
    this.#tick()
  }

  get size(): number {
    return this.#streams.size
  }

  /** The key stands for the operation and its variables without the cursor, and for nothing else. */
  join(key: string, origin: () => Origin<V>, viewer: V, cursor: number, sink: OperationSink): OperationSource {
    return (this.#streams.get(key) ?? this.#open(key, origin())).join(viewer, cursor, sink)
  }

  close(): void {
    this.#cancelTick()
    for (const stream of this.#streams.values()) stream.dispose()
  }

  #open(key: string, origin: Origin<V>): SharedStream<V> {
    const stream = new SharedStream(origin, this.#around, () => this.#streams.delete(key))
    this.#streams.set(key, stream)
    return stream
  }

  #tick(): void {
    const { clock, admissions } = this.#around
    this.#cancelTick = clock.after(tickMs, () => {
      this.#tick()
      admissions.tick()
    })
  }
}
