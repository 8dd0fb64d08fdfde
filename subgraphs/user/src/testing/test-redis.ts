import { once } from 'node:events'
import { engineAddress } from '@parley/platform/testing/engine-address'
import { Cluster } from 'ioredis'

export const redisNodes = (): { host: string; port: number }[] =>
  engineAddress('PARLEY_REDIS_NODES')
    .split(',')
    .map((entry) => ({ host: entry.split(':')[0] ?? '', port: Number(entry.split(':')[1]) }))

export async function testRedis(): Promise<Cluster> {
  const cluster = new Cluster(redisNodes(), { enableOfflineQueue: false })
  await once(cluster, 'ready')
  return cluster
}
