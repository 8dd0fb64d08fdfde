import { randomUUID } from 'node:crypto'
import { Test } from '@nestjs/testing'
import { eventually } from '@parley/platform/kafka/testing/test-kafka'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { Cluster } from 'ioredis'
import { RedisSessionRevocations } from './session-revocations'

async function listening() {
  const nodes = process.env['PARLEY_REDIS_NODES']?.split(',') ?? []
  const module = await Test.createTestingModule({
    imports: [RedisModule.forRoot({ REDIS_NODES: nodes })],
    providers: [RedisSessionRevocations],
  }).compile()
  const heard = (sessionId: string) =>
    new Promise<void>((resolve) => {
      module.get(RedisSessionRevocations).subscribe((revoked) => {
        if (revoked === sessionId) resolve()
      })
    })
  return { module, heard, redis: module.get(Cluster) }
}

test('a revocation that the user subgraph publishes reaches the listener within 2 s', async () => {
  const { module, heard, redis } = await listening()
  await module.init()
  const sessionId = randomUUID()
  const revoked = heard(sessionId)
  // Published again until it is heard: nothing tells when the subscription stands.
  const publish = (text: string) => redis.publish('parley:session-revoked', text).catch(() => 0)
  const repeat = setInterval(() => {
    void publish('not json')
    void publish(JSON.stringify({ sessionId }))
  }, 50)
  await revoked
  clearInterval(repeat)
  await module.close()
}, 5_000)

test('a revocation that was missed, or came before the start, is found in the list', async () => {
  const { module, heard, redis } = await listening()
  const [before, missed] = [randomUUID(), randomUUID()]
  const list = (sessionId: string) => redis.zadd('parley:revoked-sessions', Date.now() + 60_000, sessionId)
  // Commands do not queue while the cluster is being found.
  const isListed = () => list(before).then(Boolean, () => false)
  await eventually(isListed)
  const hearsBefore = heard(before)
  await module.init()
  await hearsBefore
  const hearsMissed = heard(missed)
  await list(missed)
  await hearsMissed
  await module.close()
}, 10_000)
