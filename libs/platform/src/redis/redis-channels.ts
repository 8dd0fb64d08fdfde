import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import type { RedisPubSub } from 'graphql-redis-subscriptions'
import { type Channel, Channels, encode, revive, topicOf } from './channels'

/** The part of RedisPubSub that is used here. */
export type PubSub = Pick<RedisPubSub, 'publish' | 'subscribe' | 'unsubscribe'>

/** How often a process with subscriptions sends itself a pulse. */
const pulseMs = 1_000
/** Without a pulse for this long, messages do not arrive. */
const muteMs = 3_000

/**
 * Channels over Redis pub/sub. An open connection proves nothing (a node that hangs, a subscription that was not
 * renewed), so the process sends itself a numbered pulse: without pulses it is mute, and with one missing, or one over
 * another connection than the last, it has a gap.
 */
export class RedisChannels extends Channels {
  readonly #logger = new Logger('Channels')
  readonly #gapListeners = new Set<() => void>()
  readonly #pulseTopic = topicOf('pulse', randomUUID())
  #subscriptions = 0
  #timer: NodeJS.Timeout | undefined
  #sent = 0
  #heard = 0
  #heardAt = 0
  #isMute = false
  #isLosing = false

  #connection: unknown

  /** `connectionOf` says over which connection messages arrive now: its replacement is a gap, however short. */
  constructor(
    private readonly pubsub: PubSub,
    private readonly connectionOf: () => unknown = () => null,
  ) {
    super()
  }

  get isMute(): boolean {
    return this.#isMute
  }

  async publish<Key extends string, Payload>(
    { name }: Channel<Key, Payload>,
    key: Key,
    payload: Payload,
  ): Promise<void> {
    try {
      await this.pubsub.publish(topicOf(name, key), payload)
      this.#isLosing = false
    } catch (error) {
      if (!this.#isLosing)
        this.#logger.warn({ err: error, channel: name }, 'Messages are lost: Redis does not take them')
      this.#isLosing = true
    }
  }

  async subscribe<Key extends string, Payload>(
    { name, accepts }: Channel<Key, Payload>,
    key: Key,
    listener: (payload: Payload) => void,
  ): Promise<() => void> {
    const subscribed = this.pubsub.subscribe<unknown>(topicOf(name, key), (payload) => {
      if (accepts(payload)) listener(payload)
    })
    this.#subscriptions += 1
    this.#startPulse()
    const id = await subscribed
    let isSubscribed = true
    return () => {
      if (!isSubscribed) return
      isSubscribed = false
      this.#subscriptions -= 1
      this.pubsub.unsubscribe(id)
    }
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener)
    return () => this.#gapListeners.delete(listener)
  }

  /** Called when the connection is back: messages published in between are lost. */
  reconnected(): void {
    for (const listener of this.#gapListeners) listener()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #startPulse(): void {
    if (this.#timer !== undefined) return
    this.#heardAt = performance.now()
    this.#connection = this.connectionOf()
    this.#timer = setInterval(() => this.#pulse(), pulseMs).unref()
    void this.pubsub.subscribe<number>(this.#pulseTopic, (number) => this.#hear(number))
  }

  #pulse(): void {
    if (this.#subscriptions === 0) {
      // Without subscribers there are no pulses, so none can be missing.
      this.#heard = this.#sent
      this.#heardAt = performance.now()
      return
    }
    if (!this.#isMute && performance.now() - this.#heardAt > muteMs) {
      this.#isMute = true
      this.#logger.warn('No messages arrive from Redis: until they do, live streams read from the database')
    }
    this.#sent += 1
    void this.pubsub.publish(this.#pulseTopic, this.#sent).catch(() => undefined)
  }

  #hear(number: number): void {
    const connection = this.connectionOf()
    const hasGap = this.#isMute || number > this.#heard + 1 || connection !== this.#connection
    this.#connection = connection
    if (this.#isMute) this.#logger.log('Redis messages arrive again')
    this.#heard = number
    this.#heardAt = performance.now()
    this.#isMute = false
    if (hasGap) this.reconnected()
  }
}

/** How RedisPubSub writes and reads payloads. */
export const payloadCodec = { serializer: encode, reviver: revive }
