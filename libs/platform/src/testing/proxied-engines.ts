import { connect as connectSocket } from 'node:net'
import { Cluster, type ClusterOptions } from 'ioredis'
import { Kafka, type KafkaConfig } from 'kafkajs'
import { kafkaConfig } from '../kafka/kafka-client'
import { nodesOf, redisOptions } from '../redis/redis.module'
import { engineAddress } from './engine-address'
import { FaultProxy } from './fault-proxy'

/** One proxy in front of the host that a URL names, and the URL through it. */
export async function proxiedUrl(url: string): Promise<{ proxy: FaultProxy; url: string }> {
  const through = new URL(url)
  const proxy = await FaultProxy.to(through.host)
  through.host = proxy.address
  return { proxy, url: through.href }
}

/** A cluster in which every node is reached through its own proxy, whatever addresses the nodes announce. */
export async function proxiedCluster(
  options: ClusterOptions = {},
): Promise<{ proxies: readonly FaultProxy[]; cluster: Cluster }> {
  const nodes = engineAddress('PARLEY_REDIS_NODES').split(',')
  const proxies = await Promise.all(nodes.map((node) => FaultProxy.to(node)))
  const natMap = Object.fromEntries(
    nodes.map((node, index) => [node, { host: '127.0.0.1', port: proxies[index]?.port ?? 0 }]),
  )
  const addresses = proxies.map(({ address }) => address)
  const cluster = new Cluster(nodesOf(addresses), { ...redisOptions, enableOfflineQueue: false, natMap, ...options })
  cluster.on('error', () => undefined)
  return { proxies, cluster }
}

/** A broker announces its own address to clients: here every socket goes through the proxy, whatever the address. */
export async function proxiedKafka(
  clientId: string,
  options: Partial<KafkaConfig> = {},
): Promise<{ proxy: FaultProxy; kafka: Kafka }> {
  const [broker = ''] = engineAddress('PARLEY_KAFKA_BROKERS').split(',')
  const proxy = await FaultProxy.to(broker)
  const kafka = new Kafka({
    ...kafkaConfig([proxy.address], clientId, 'short'),
    ...options,
    socketFactory: ({ onConnect }) => connectSocket(proxy.port, '127.0.0.1', onConnect),
  })
  return { proxy, kafka }
}
