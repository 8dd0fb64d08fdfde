import { type Channel, Channels, encode, revive, topicOf } from '../redis/channels'

/** Channels within one process, for tests: payloads are encoded as text, as with Redis. */
export class MemoryChannels extends Channels {
  /** While true, published messages are lost. */
  isMute = false
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>()
  readonly #gapListeners = new Set<() => void>()

  async publish<Key extends string, Payload>(to: Channel<Key, Payload>, key: Key, payload: Payload): Promise<void> {
    this.deliver(to, key, payload)
  }

  /** As `publish`, but also accepts payloads that do not fit the channel. */
  deliver({ name }: Channel<never, never> | Channel<string, unknown>, key: string, payload: unknown): void {
    if (this.isMute) return
    const text = encode(payload)
    for (const listener of this.#listeners.get(topicOf(name, key)) ?? []) listener(JSON.parse(text, revive))
  }

  async subscribe<Key extends string, Payload>(
    { name, accepts }: Channel<Key, Payload>,
    key: Key,
    listener: (payload: Payload) => void,
  ): Promise<() => void> {
    const topic = topicOf(name, key)
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners)
    const accepting = (payload: unknown) => accepts(payload) && listener(payload)
    listeners.add(accepting)
    return () => {
      listeners.delete(accepting)
      if (listeners.size === 0) this.#listeners.delete(topic)
    }
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener)
    return () => this.#gapListeners.delete(listener)
  }

  /** Messages arrive again. */
  recover(): void {
    this.isMute = false
    for (const listener of this.#gapListeners) listener()
  }

  /** The number of topics with subscribers. */
  get topics(): number {
    return this.#listeners.size
  }
}
