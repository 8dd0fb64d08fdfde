import { setTimeout as delay } from 'node:timers/promises'
import { type DynamicModule, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Cluster, type ClusterOptions, type Redis } from 'ioredis'
import { Channels } from './channels'
import { payloadCodec, RedisChannels } from './redis-channels'

const logger = new Logger('Redis')

type Subscribed = (error: null, count: number) => void

const retryMs = 500
/** The longest pause between two connection attempts: Redis is used again within this time of its return. */
const maxPauseMs = 500

/**
 * graphql-redis-subscriptions drops promises: of (p)unsubscribe, and of a subscribe that fails. Each would end the
 * process when Redis is down. So these do not reject: a subscription takes effect as soon as Redis is back, and callers
 * must not depend on it.
 */
export class SubscriberCluster extends Cluster {
  override subscribe = ((channel: string, done?: Subscribed) =>
    this.#untilDone(() => super.subscribe(channel)).then((count) => {
      done?.(null, count)
      return count
    })) as unknown as Cluster['subscribe']
  override unsubscribe = ((...args: Parameters<Cluster['unsubscribe']>) =>
    super.unsubscribe(...args).catch(() => 0)) as Cluster['unsubscribe']
  override punsubscribe = ((...args: Parameters<Cluster['punsubscribe']>) =>
    super.punsubscribe(...args).catch(() => 0)) as Cluster['punsubscribe']

  /** The one connection that messages arrive on. The client replaces a broken one without an event. */
  get connection(): Redis {
    return (this as unknown as { subscriber: { getInstance(): Redis } }).subscriber.getInstance()
  }

  async #untilDone(attempt: () => Promise<unknown>): Promise<number> {
    for (;;) {
      try {
        return Number(await attempt())
      } catch (error) {
        if (this.status === 'end') return 0
        logger.warn({ err: error instanceof Error ? error.message : error }, 'Redis takes no subscription yet')
        await delay(retryMs, undefined, { ref: false })
      }
    }
  }
}

export const redisOptions = {
  clusterRetryStrategy: (times: number) => Math.min(100 * 2 ** times, maxPauseMs),
  redisOptions: { connectTimeout: 3_000, commandTimeout: 3_000, maxRetriesPerRequest: 1 },
} satisfies ClusterOptions

export const nodesOf = (list: readonly string[]) =>
  list.map((entry) => {
    const [host, port] = entry.split(':')
    return { host: host ?? '127.0.0.1', port: Number(port) }
  })

function connect<Client extends Cluster>(client: Client, role: string): Client {
  client.on('error', (error: Error) => logger.warn({ err: error.message, role }, 'Redis does not answer'))
  return client
}

@Module({})
export class RedisModule implements OnApplicationShutdown {
  constructor(
    @Inject(Cluster) private readonly commands: Cluster,
    @Inject(RedisPubSub) private readonly pubsub: RedisPubSub,
    @Inject(Channels) private readonly channels: RedisChannels,
  ) {}

  /**
   * Provides `Cluster` for commands and `Channels` for messages between processes. Neither queues while Redis is down:
   * a command fails at once and a message is lost, which is acceptable for a cache and for a hint.
   */
  static forRoot(env: { REDIS_NODES: readonly string[] }): DynamicModule {
    const nodes = nodesOf(env.REDIS_NODES)
    const commands = connect(new Cluster(nodes, { ...redisOptions, enableOfflineQueue: false }), 'commands')
    // The subscriber keeps its queue: subscriptions made during an outage must take effect afterwards.
    const subscriber = connect(new SubscriberCluster(nodes, redisOptions), 'subscriber')
    const pubsub = new RedisPubSub({ publisher: commands, subscriber, ...payloadCodec })
    const channels = new RedisChannels(pubsub, () => subscriber.connection)
    subscriber.on('ready', () => channels.reconnected())
    return {
      module: RedisModule,
      global: true,
      providers: [
        { provide: Cluster, useValue: commands },
        { provide: RedisPubSub, useValue: pubsub },
        { provide: Channels, useValue: channels },
      ],
      exports: [Cluster, Channels],
    }
  }

  onApplicationShutdown(): void {
    this.channels.stop()
    for (const client of [this.commands, this.pubsub.getSubscriber()]) client.disconnect()
  }
}
