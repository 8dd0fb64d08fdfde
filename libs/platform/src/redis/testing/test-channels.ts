import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Cluster } from 'ioredis'
import { engineAddress } from '../../testing/engine-address'
import { Channels } from '../channels'
import type { RedisChannels } from '../redis-channels'
import { RedisModule, type SubscriberCluster } from '../redis.module'

/** The channels of one process on the real cluster. */
export interface TestChannels {
  readonly channels: RedisChannels
  /** Breaks the one connection over which a cluster client receives messages; the client reconnects by itself. */
  breakConnection(): void
  stop(): void
}

export function testChannels(): TestChannels {
  const { providers = [] } = RedisModule.forRoot({ REDIS_NODES: engineAddress('PARLEY_REDIS_NODES').split(',') })
  const provided = providers as readonly { readonly provide: unknown; readonly useValue: unknown }[]
  const [cluster, pubsub, channels] = [Cluster, RedisPubSub, Channels].map(
    (token): unknown => provided.find(({ provide }) => provide === token)?.useValue,
  ) as [Cluster, RedisPubSub, RedisChannels]
  const module = new RedisModule(cluster, pubsub, channels)
  return {
    channels,
    breakConnection: () => {
      ;(pubsub.getSubscriber() as SubscriberCluster).connection.stream.destroy()
    },
    stop: () => {
      module.onApplicationShutdown()
    },
  }
}
