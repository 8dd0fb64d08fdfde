import { randomUUID } from 'node:crypto'
import { Test } from '@nestjs/testing'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { Cluster } from 'ioredis'
import { RedisSessionRevocations } from './session-revocations'

test('a revocation that the user subgraph publishes reaches the listener within 2 s', async () => {
  const nodes = process.env['PARLEY_REDIS_NODES']?.split(',') ?? []
  const module = await Test.createTestingModule({
    imports: [RedisModule.forRoot({ REDIS_NODES: nodes })],
    providers: [RedisSessionRevocations],
  }).compile()
  await module.init()
  const sessionId = randomUUID()
  const heard = new Promise<void>((resolve) => {
    module.get(RedisSessionRevocations).subscribe((revoked) => revoked === sessionId && resolve())
  })
  const redis = module.get(Cluster)
  // Published again until it is heard: nothing tells when the subscription stands.
  const publish = (text: string) => redis.publish('parley:session-revoked', text).catch(() => 0)
  const repeat = setInterval(() => {
    void publish('not json')
    void publish(JSON.stringify({ sessionId }))
  }, 50)
  await heard
  clearInterval(repeat)
  await module.close()
}, 5_000)
