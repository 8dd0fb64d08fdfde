import { randomUUID } from 'node:crypto'
import type { Kafka } from 'kafkajs'
import type { FaultProxy } from '../testing/fault-proxy'
import { proxiedKafka } from '../testing/proxied-engines'
import { eventually, testTopics } from './testing/test-kafka'

const requestTimeout = 300
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** What our patch changes in kafkajs. */
describe("a request's time-out", () => {
  const topic = `test.timeout.${randomUUID()}`
  let dropTopics: () => Promise<void>
  let proxy: FaultProxy
  let kafka: Kafka

  beforeAll(async () => {
    dropTopics = await testTopics([topic])
  }, 30_000)
  afterAll(() => dropTopics(), 30_000)
  beforeEach(async () => {
    const limits = { requestTimeout, retry: { retries: 0 } }
    ;({ proxy, kafka } = await proxiedKafka('test-timeout', limits))
  })
  afterEach(() => proxy.close())

  it('leaves no timer behind: connections that wait for nothing wake nobody up', async () => {
    const before = timers()
    const producer = kafka.producer()
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }] })
    await eventually(() => timers() <= before)
    await producer.disconnect()
  }, 30_000)

  it('ends what a broker that hangs does not answer', async () => {
    const producer = kafka.producer({ retry: { retries: 0 } })
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }] })
    proxy.hang()
    const begun = performance.now()
    await expect(producer.send({ topic, messages: [{ value: 'two' }] })).rejects.toThrow('timed out')
    expect(performance.now() - begun).toBeLessThan(10 * requestTimeout)
    await producer.disconnect()
  }, 30_000)

  it('holds for a client that leaves meanwhile and waits for the answer', async () => {
    const producer = kafka.producer({ retry: { retries: 0 } })
    await producer.connect()
    await producer.send({ topic, messages: [{ value: 'one' }] })
    proxy.hang()
    const sent = producer.send({ topic, messages: [{ value: 'two' }] }).catch(String)
    await proxy.swallowed()
    await producer.disconnect()
    expect(await sent).toContain('timed out')
  }, 30_000)
})
