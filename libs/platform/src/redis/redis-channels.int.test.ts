import { Logger } from '@nestjs/common'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Cluster, type Redis } from 'ioredis'
import { eventually } from '../kafka/testing/test-kafka'
import { Channels, channel } from './channels'
import { engineAddress } from '../testing/engine-address'
import type { RedisChannels } from './redis-channels'
import { RedisModule } from './redis.module'

interface Sent {
  readonly at: Date
}

const news = channel<string, Sent>('news', (payload): payload is Sent => payload instanceof Object && 'at' in payload)

/** The channels of one process. */
function started() {
  const { providers = [] } = RedisModule.forRoot({ REDIS_NODES: engineAddress('PARLEY_REDIS_NODES').split(',') })
  const provided = providers as readonly { readonly provide: unknown; readonly useValue: unknown }[]
  const [cluster, pubsub, channels] = [Cluster, RedisPubSub, Channels].map(
    (token): unknown => provided.find(({ provide }) => provide === token)?.useValue,
  ) as [Cluster, RedisPubSub, RedisChannels]
  /** Breaks the one connection over which a cluster client receives messages. */
  const breakConnection = (): void => {
    const { subscriber } = pubsub.getSubscriber() as unknown as { subscriber: { getInstance(): Redis } }
    subscriber.getInstance().stream.destroy()
  }
  return { channels, breakConnection, module: new RedisModule(cluster, pubsub, channels) }
}

describe('RedisChannels on a cluster', () => {
  const [one, other] = [started(), started()]
  beforeAll(() => {
    Logger.overrideLogger(false)
  })
  afterAll(() => {
    for (const { module } of [one, other]) module.onApplicationShutdown()
  })

  it('delivers a payload to another process, with its dates', async () => {
    const sent = { at: new Date() }
    const heard = new Promise<Sent>((resolve) => void other.channels.subscribe(news, 'ann', resolve))
    await other.channels.subscribe(news, 'ann', () => undefined)
    await one.channels.publish(news, 'ann', sent)
    expect(await heard).toEqual(sent)
  })

  it('delivers again on every key after the connection was lost', async () => {
    const heard: string[] = []
    for (const key of ['a', 'b', 'c']) await other.channels.subscribe(news, key, () => heard.push(key))
    other.breakConnection()
    await eventually(async () => {
      for (const key of ['a', 'b', 'c']) await one.channels.publish(news, key, { at: new Date() })
      return new Set(heard).size === 3
    })
  }, 20_000)
})
