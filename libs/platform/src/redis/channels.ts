/**
 * A kind of message between processes, best effort: it may be lost, duplicated or reordered. The source of truth is
 * elsewhere; a message only makes it faster. There is one topic for each `Key`.
 */
export interface Channel<Key extends string, Payload> {
  readonly name: string
  /** The sender may run an older or newer version: payloads that do not fit are dropped. */
  readonly accepts: (payload: unknown) => payload is Payload
  /** Carries the type of the key; never set. */
  readonly key?: Key
}

export const channel = <Key extends string, Payload>(
  name: string,
  accepts: Channel<Key, Payload>['accepts'],
): Channel<Key, Payload> => ({ name, accepts })

/** Publishes and subscribes to channels; RedisChannels with Redis, MemoryChannels in tests. */
export abstract class Channels {
  /** True while no messages arrive in this process. */
  abstract readonly isMute: boolean

  /** Resolves when it is sent. Never rejects: lost messages are logged, once per outage. */
  abstract publish<Key extends string, Payload>(
    channel: Channel<Key, Payload>,
    key: Key,
    payload: Payload,
  ): Promise<void>

  /**
   * Resolves once messages arrive, which waits for Redis during an outage; the result unsubscribes. The listener must
   * not throw.
   */
  abstract subscribe<Key extends string, Payload>(
    channel: Channel<Key, Payload>,
    key: Key,
    listener: (payload: Payload) => void,
  ): Promise<() => void>

  /** Calls the listener when messages arrive again after some may have been lost; the result unsubscribes. */
  abstract onGap(listener: () => void): () => void
}

/** The braces keep all topics of one key on one node of the cluster; '' is the key of a channel with only one topic. */
export const topicOf = (name: string, key: string): string => `parley:${name}${key === '' ? '' : `:{${key}}`}`

const dateMark = '$date'

/** A payload as JSON in which dates are marked. */
export function encode(payload: unknown): string {
  // `value` has been through toJSON already, so the date is read from its holder.
  return JSON.stringify(payload, function (this: Record<string, unknown>, name, value: unknown) {
    const raw = this[name]
    return raw instanceof Date ? { [dateMark]: raw.getTime() } : value
  })
}

/** The JSON reviver for `encode`: restores dates. */
export const revive = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && dateMark in value ? new Date(Number(value[dateMark])) : value
