import { once } from 'node:events'
import { Cluster } from 'ioredis'
import { engine } from './test-postgres'

export const redisNodes = (): { host: string; port: number }[] =>
  engine('PARLEY_REDIS_NODES')
    .split(',')
    .map((entry) => ({ host: entry.split(':')[0] ?? '', port: Number(entry.split(':')[1]) }))

export async function testRedis(): Promise<Cluster> {
  const cluster = new Cluster(redisNodes(), { enableOfflineQueue: false })
  await once(cluster, 'ready')
  return cluster
}
